// What several pages are put together from.
import {announce, h, svg} from './dom.js';
import {key} from './api.js';

/** The head of a page. */
export function heading(title, about, ...actions) {
  return h('header', {class: 'head'},
    h('div', {}, h('h1', {tabindex: -1}, title), h('p', {class: 'muted'}, about)),
    actions.length > 0 && h('div', {class: 'actions'}, actions));
}

/** Nothing here yet: what to do about it. */
export function empty(title, ...advice) {
  return h('div', {class: 'empty'}, h('h2', {}, title), advice.map(line => (typeof line === 'string' ? h('p', {}, words(line)) : line)));
}

/** A sentence in which what stands between backquotes is code. */
export function words(sentence) {
  return sentence.split('`').map((part, index) => (index % 2 ? h('code', {}, part) : part));
}

export function waiting(what = 'Loading') {
  return h('p', {class: 'muted waiting', role: 'status'}, `${what}…`);
}

/**
 * What went wrong, and how to mend it.
 *
 * @param {Error} error
 * @param {(() => void)?} again tries it once more
 */
export function trouble(error, again) {
  if (error.status === 401) return signIn(error, again);
  const text = error.missing
    ? 'This is not in this version of the server. Update Tandem and start `tandem serve` again.'
    : error.message;
  return h('div', {class: 'notice bad', role: 'alert'},
    h('p', {}, words(text)),
    again && !error.missing && h('button', {onclick: again, type: 'button'}, 'Try again'));
}

function signIn(error, again) {
  const input = h('input', {type: 'password', id: 'key-here', autocomplete: 'off', required: true, placeholder: 'tdm_…', spellcheck: 'false'});
  return h('form', {
    class: 'notice',
    onsubmit: event => {
      event.preventDefault();
      key.set(input.value.trim());
      window.dispatchEvent(new Event('tandem:key'));
      again?.();
    },
  },
    h('h2', {}, key.get() ? 'This key is not known' : 'Sign in'),
    h('p', {}, words('This server asks for a key. Whoever runs it makes one with `tandem key create NAME`.')),
    h('p', {class: 'muted'}, words(error.message)),
    h('div', {class: 'row'}, h('label', {for: 'key-here'}, 'Key'), input, h('button', {class: 'main'}, 'Sign in')));
}

/** A word on how something stands. */
export function state(word, kind = '') {
  return h('span', {class: `state ${kind}`}, word);
}

const STATES = {succeeded: 'good', failed: 'bad', running: 'busy', queued: '', cancelled: ''};
export const jobState = job => state(job.cancelling && job.status === 'running' ? 'stopping' : job.status, STATES[job.status]);

/** How far something is; without a share it only says that it goes on. */
export function bar(label) {
  const element = h('progress', {max: 1, 'aria-label': label});
  return {
    element,
    at: share => { element.value = share; },
    unknown: () => element.removeAttribute('value'),
  };
}

/** A table that scrolls by itself where it is wider than the screen. */
export function table(label, columns, rows) {
  return h('div', {class: 'scrolls', tabindex: 0, role: 'region', 'aria-label': label},
    h('table', {},
      h('thead', {}, h('tr', {}, columns.map(column => h('th', {scope: 'col', class: column.number && 'number'}, column.hidden ? h('span', {class: 'hidden'}, column.name) : column.name ?? column)))),
      h('tbody', {}, rows)));
}

/** A field with its label. */
export function field(label, input, hint) {
  const id = input.id || `f${++fields}`;
  input.id = id;
  if (hint) input.setAttribute('aria-describedby', `${id}-hint`);
  return h('div', {class: 'field'}, h('label', {for: id}, label), input, hint && h('p', {class: 'muted hint', id: `${id}-hint`}, words(hint)));
}
let fields = 0;

/** A window over the page, closed by Escape; gives the focus back. */
export function dialog(title, content, {wide = false, closed} = {}) {
  const before = document.activeElement;
  const element = h('dialog', {class: wide && 'wide', 'aria-labelledby': 'dialog-title'},
    h('header', {class: 'head'},
      h('h2', {id: 'dialog-title', tabindex: -1}, title),
      h('button', {type: 'button', class: 'quiet', onclick: () => element.close(), 'aria-label': 'Close'}, icon('close'))),
    content);
  element.addEventListener('close', () => {
    element.remove();
    before?.focus?.();
    closed?.();
  });
  element.addEventListener('click', event => event.target === element && element.close());
  document.body.append(element);
  element.showModal();
  return element;
}

/** Asks before something that cannot be taken back. @param {Element?} more is shown with the question */
export function confirmed(question, consequence, verb, more) {
  return new Promise(resolve => {
    let yes = false;
    const window = dialog(question, h('div', {},
      h('p', {}, consequence),
      more,
      h('div', {class: 'actions'},
        h('button', {type: 'button', class: 'danger', onclick: () => { yes = true; window.close(); }}, verb),
        h('button', {type: 'button', onclick: () => window.close()}, 'Cancel'))),
    {closed: () => resolve(yes)});
  });
}

/** Says something at the foot of the page for a while, with something one may still do. */
export function toast(text, action, label) {
  document.querySelectorAll('.toast').forEach(old => old.remove());
  const element = h('div', {class: 'toast'}, h('span', {}, text),
    action && h('button', {type: 'button', onclick: () => { element.remove(); action(); }}, label));
  document.body.append(element);
  announce(text);
  setTimeout(() => element.remove(), action ? 12_000 : 4_000);
}

const ICONS = {
  up: 'M7 21H4V10h3m0 11h9.5a2 2 0 0 0 2-1.6l1.3-7A2 2 0 0 0 17.8 10H13V5a2 2 0 0 0-2-2l-4 7v11',
  down: 'M17 3h3v11h-3m0-11H7.5a2 2 0 0 0-2 1.6l-1.3 7A2 2 0 0 0 6.2 14H11v5a2 2 0 0 0 2 2l4-7V3',
  copy: 'M8 8V5a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-3M5 8h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1z',
  close: 'M6 6l12 12M18 6L6 18',
};

/** A picture for what a button does; its name is told beside it or by the button. */
export function icon(name) {
  return svg('svg', {viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true'}, svg('path', {d: ICONS[name]}));
}

/** Copies a text; where the browser does not let the page (no HTTPS), by way of a selection. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h('textarea', {value: text, class: 'hidden'});
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  toast('Copied.');
}
