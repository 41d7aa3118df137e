// Questions and answers, with sources.
import {announce, eachFrame, h, replace} from '../dom.js';
import {connection, events, get} from '../api.js';
import {choices, keep, messages, turns} from '../conversation.js';
import {feedback} from '../feedback.js';
import {MarkedText} from '../marked-text.js';
import {copy, empty, field, icon, trouble, words} from '../parts.js';
import {openDocument} from '../viewer.js';

const STRATEGIES = {'tandem/rag': 'Documents', 'tandem/hybrid': 'Documents and tuned model'};

/** What makes an answer now, also while another page is shown. */
let running;
let tellBusy = () => {};

export function ask(page) {
  const list = h('div', {class: 'turns'});
  const models = h('select', {onchange: () => chosen(), disabled: true}, h('option', {value: choices.model || 'tandem/rag'}, 'Documents'));
  const filter = h('input', {
    value: choices.filter, placeholder: 'department = "hr"', spellcheck: 'false', autocomplete: 'off',
    oninput: () => { choices.filter = filter.value; keep(); },
  });
  const question = h('textarea', {
    rows: 2, id: 'question', required: true, value: choices.draft, placeholder: 'Ask your documents',
    oninput: () => { choices.draft = question.value; keep(); grow(); },
    onkeydown: event => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    },
  });
  const send = h('button', {class: 'main'}, 'Ask');
  const fresh = h('button', {type: 'button', class: 'quiet', onclick: begin}, 'New conversation');
  const form = h('form', {class: 'composer', onsubmit: submit},
    h('label', {for: 'question', class: 'hidden'}, 'Question'),
    h('div', {class: 'row'}, question, send),
    // On a phone there is no room for what is seldom changed.
    h('details', {class: 'more', open: matchMedia('(min-width: 801px)').matches}, h('summary', {}, 'Options'),
      h('div', {class: 'row options'}, field('Answered by', models), field('Only documents where', filter), fresh)));
  const modelTrouble = h('div', {});
  page.append(h('h1', {class: 'hidden', tabindex: -1}, 'Ask'), list, modelTrouble, form);
  tellBusy = busy;
  busy(Boolean(running));
  grow();
  turns.forEach(show);
  invite();
  if (!running) toEnd();
  loadModels();
  connection.addEventListener('change', backAgain);
  return () => connection.removeEventListener('change', backAgain);

  async function loadModels() {
    try {
      const listed = (await get('/v1/models')).data.filter(model => model.owned_by !== 'embedding');
      if (!listed.some(model => model.id === choices.model)) choices.model = listed[0]?.id ?? 'tandem/rag';
      replace(models, listed.map(model => h('option', {value: model.id}, STRATEGIES[model.id] ?? `${model.id} alone`)));
      models.value = choices.model;
      models.disabled = false;
      replace(modelTrouble);
      chosen();
    } catch (error) {
      replace(modelTrouble, trouble(error, loadModels));
    }
  }

  function chosen() {
    choices.model = models.value;
    // Only strategies look into documents.
    filter.disabled = !(choices.model in STRATEGIES);
    keep();
  }

  function grow() {
    question.style.height = 'auto';
    question.style.height = `${Math.min(question.scrollHeight + 2, 240)}px`;
  }

  function invite() {
    list.querySelector('.empty')?.remove();
    if (turns.length === 0) {
      list.append(empty('Ask your documents',
        'Answers quote the documents and name them: a number like `1` behind a sentence opens the document at the quote.',
        h('p', {}, 'Nothing in it yet? ', h('a', {href: '#/documents'}, 'Add documents'), ' first.')));
    }
  }

  function begin() {
    running?.abort();
    turns.splice(0);
    keep();
    replace(list);
    invite();
    question.focus();
  }

  function submit(event) {
    event.preventDefault();
    const text = question.value.trim();
    if (!text || running) return;
    turns.push({role: 'user', text}, {role: 'assistant', text: '', state: 'growing'});
    question.value = '';
    choices.draft = '';
    grow();
    invite();
    show(turns.at(-2));
    show(turns.at(-1));
    answer(turns.at(-1));
  }

  function show(turn) {
    const element = turn.role === 'user'
      ? h('article', {class: 'turn user', 'aria-label': 'Question'}, turn.text)
      : h('article', {class: 'turn assistant', 'aria-label': 'Answer'});
    list.append(element);
    if (turn.role === 'assistant') {
      turn.view = new AnswerView(element, turn, () => answer(turn));
      turn.view.draw();
    }
  }

  function toEnd() {
    list.lastElementChild?.scrollIntoView({block: 'end'});
  }

  async function answer(turn) {
    if (running) return;
    Object.assign(turn, {text: '', state: 'growing', problem: undefined, sources: [], unsupported: [], abstained: false, rating: undefined});
    running = new AbortController();
    tellBusy(true);
    turn.view.draw();
    toEnd();
    announce('Answering');
    const drawn = eachFrame(() => {
      turn.view.grow();
      if (nearEnd()) toEnd();
    });
    const body = {model: choices.model || 'tandem/rag', stream: true, messages: messages(turns.indexOf(turn))};
    if (choices.filter.trim() && !filter.disabled) body.filter = choices.filter.trim();
    try {
      let whole = false;
      for await (const event of events('POST', '/v1/chat/completions', body, running.signal)) {
        if (event === '[DONE]') {
          whole = true;
          break;
        }
        take(turn, event);
        drawn();
      }
      turn.state = whole ? 'whole' : 'broken';
      if (!whole) turn.problem = 'The answer broke off.';
    } catch (error) {
      turn.state = error.name === 'AbortError' ? 'stopped' : 'broken';
      turn.problem = error.name === 'AbortError' ? undefined : error.message;
      turn.signIn = error.status === 401 ? error : undefined;
    } finally {
      running = undefined;
      tellBusy(false);
      keep();
      turn.view.draw();
      if (nearEnd()) toEnd();
      announce(turn.state === 'whole' ? `Answer: ${turn.text}` : turn.problem ?? 'Stopped');
    }
  }

  function nearEnd() {
    const scrolled = document.scrollingElement;
    return scrolled.scrollHeight - scrolled.scrollTop - scrolled.clientHeight < 200;
  }

  function busy(yes) {
    send.textContent = yes ? 'Stop' : 'Ask';
    send.type = yes ? 'button' : 'submit';
    send.onclick = yes ? () => running?.abort() : null;
  }

  function backAgain() {
    turns.filter(turn => turn.state === 'broken').forEach(turn => turn.view?.draw());
    if (connection.here) loadModels();
  }
}

function take(turn, event) {
  turn.id = event.id;
  turn.model = event.model;
  turn.text += event.choices[0]?.delta.content ?? '';
  if (event.sources) turn.sources = event.sources;
  if (event.abstained !== undefined) turn.abstained = event.abstained;
  if (event.unsupported) turn.unsupported = event.unsupported;
}

/** An answer, as far as it is. */
class AnswerView {
  constructor(element, turn, again) {
    this.element = element;
    this.turn = turn;
    this.again = again;
    // What the conversation keeps is data alone.
    Object.defineProperty(turn, 'view', {value: this, enumerable: false, writable: true, configurable: true});
  }

  grow() {
    this.text?.show(this.turn.text);
    if (this.turn.text) this.element.querySelector('.waiting')?.remove();
  }

  draw() {
    const {turn} = this;
    this.text = new MarkedText();
    this.text.show(turn.text, number => chip(turn, number));
    this.element.setAttribute('aria-busy', String(turn.state === 'growing'));
    replace(this.element,
      this.text.element,
      turn.state === 'growing' && !turn.text && h('p', {class: 'waiting muted'}, 'Looking into it…'),
      turn.abstained && h('p', {class: 'notice'}, 'The documents do not answer this. Ask in other words, or ',
        h('a', {href: '#/documents'}, 'add a document'), ' that does.'),
      unsupported(turn),
      sources(turn),
      this.#ending());
  }

  #ending() {
    const {turn} = this;
    if (turn.state === 'growing') return undefined;
    const retry = h('button', {type: 'button', onclick: () => this.again()}, turn.text ? 'Answer again' : 'Ask again');
    if (turn.signIn) return trouble(turn.signIn, () => this.again());
    if (turn.state === 'broken') {
      return h('div', {class: 'notice bad', role: 'alert'},
        h('p', {}, words(turn.problem ?? 'The answer broke off.'), turn.text && ' What had come is kept.',
          !connection.here && ' The page waits for the server and says when it is back.'), retry);
    }
    if (turn.state === 'stopped') return h('div', {class: 'notice'}, h('p', {}, 'Stopped.'), retry);
    const {thumbs, form} = feedback(turn);
    return h('div', {}, h('div', {class: 'answer-foot'}, thumbs,
      h('button', {type: 'button', class: 'quiet', 'aria-label': 'Copy the answer', title: 'Copy', onclick: () => copy(turn.text)}, icon('copy')),
      h('span', {class: 'muted'}, STRATEGIES[turn.model] ?? turn.model)), form);
  }
}

function chip(turn, number) {
  const source = turn.sources?.find(each => each.number === number);
  return source && h('button', {
    type: 'button', class: 'chip', onclick: () => open(source),
    'aria-label': `Source ${number}: ${source.document}`, title: `${source.document}${source.location ? `, ${source.location}` : ''}`,
  }, String(number));
}

function open(source) {
  openDocument(source.document, source);
}

function sources(turn) {
  if (!turn.sources?.length) return undefined;
  return h('ul', {class: 'sources', 'aria-label': 'Sources'}, turn.sources.map(source => h('li', {},
    h('button', {type: 'button', class: 'source', onclick: () => open(source)},
      h('span', {class: 'chip', 'aria-hidden': 'true'}, String(source.number)),
      h('span', {}, h('strong', {}, source.document), source.location && h('span', {class: 'muted'}, ` ${source.location}`),
        h('span', {class: 'quote'}, source.quote))))));
}

function unsupported(turn) {
  if (!turn.unsupported?.length) return undefined;
  return h('div', {class: 'notice warn'},
    h('p', {}, 'No cited passage supports this: check it before you rely on it.'),
    h('ul', {}, turn.unsupported.map(sentence => h('li', {}, sentence))));
}
