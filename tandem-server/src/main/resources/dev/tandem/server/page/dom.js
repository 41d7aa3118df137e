// Elements from functions. What is text becomes text nodes and nothing else, so that nothing that a user, a document or a model wrote
// is ever read as HTML.

const SVG = 'http://www.w3.org/2000/svg';
const PROPERTIES = new Set(['value', 'checked', 'disabled', 'indeterminate', 'selected']);

/** An HTML element. Attributes that begin with "on" are listeners; children are elements, texts, or lists of them. */
export function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** An SVG element. */
export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  append(element, children);
  // After the children, so that the value of a <select> finds its option.
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  return element;
}

function append(element, children) {
  element.append(...children.flat(Infinity).filter(child => child !== undefined && child !== null && child !== false));
}

/** Puts children in the place of all that an element holds. */
export function replace(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

let said;

/** Tells a screen reader; politely, when it has time. */
export function announce(text) {
  said ??= document.getElementById('said');
  said.textContent = '';
  requestAnimationFrame(() => { said.textContent = text; });
}

/** Calls a function at most once a frame, with the newest arguments. */
export function eachFrame(draw) {
  let waiting = false;
  let newest;
  return (...given) => {
    newest = given;
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw(...newest);
    });
  };
}

/** Calls a function in a frame, at most once in so many milliseconds, with the newest arguments: for what is costly to draw. */
export function nowAndThen(draw, milliseconds) {
  let waiting = false;
  let newest;
  let last = 0;
  return (...given) => {
    newest = given;
    if (waiting) return;
    waiting = true;
    setTimeout(() => requestAnimationFrame(() => {
      waiting = false;
      last = performance.now();
      draw(...newest);
    }), Math.max(0, last + milliseconds - performance.now()));
  };
}

/** Calls a function once nothing has been typed for a while. */
export function settled(act, milliseconds = 250) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...given), milliseconds);
  };
}
