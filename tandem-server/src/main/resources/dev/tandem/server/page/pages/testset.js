// The test set: reviewed and changed question by question, with the keyboard, by several people.
import {announce, eachFrame, h, replace, settled} from '../dom.js';
import {call, get, path, post} from '../api.js';
import {several} from '../format.js';
import {empty, field, heading, state, toast, trouble, waiting} from '../parts.js';

const ROW = 56;
const BLOCK = 200;
const DRAFTS = 'tandem.drafts';
const TYPES = ['answerable', 'changed', 'style', 'several_documents', 'unanswerable'];
const LISTS = ['answers', 'documents'];
const FIELDS = ['question', 'answers', 'documents', 'type', 'difficulty', 'topic', 'filter'];
const LABELS = {question: 'Question', answers: 'Right answers, one a line', documents: 'Documents that hold it, one a line', type: 'Type', difficulty: 'Difficulty', topic: 'Topic', filter: 'Only documents where'};
const NEW = 'new question';

/** What was typed and not saved, by the question's id, with the version that it was typed over; outlives a reload. */
const drafts = new Map(Object.entries(JSON.parse(sessionStorage.getItem(DRAFTS) ?? '{}')));
const keepDrafts = () => sessionStorage.setItem(DRAFTS, JSON.stringify(Object.fromEntries(drafts)));

export function testset(page) {
  let cases = [];
  let total = 0;
  let selected = -1;
  let round = 0;
  const asked = new Set();

  const search = h('input', {type: 'search', placeholder: 'in question or id', oninput: settled(() => reload())});
  const reviewed = h('select', {onchange: () => reload()},
    h('option', {value: ''}, 'All'), h('option', {value: 'false'}, 'To review'), h('option', {value: 'true'}, 'Accepted'));
  const tally = h('p', {class: 'muted', role: 'status'});
  const spacer = h('div', {class: 'spacer'});
  const list = h('div', {
    class: 'window', role: 'listbox', tabindex: 0, 'aria-label': 'Questions', onkeydown: keys, onscroll: eachFrame(() => draw()),
    onclick: event => {
      const row = event.target.closest('[data-index]');
      if (row) select(Number(row.dataset.index));
    },
  }, spacer);
  const detail = h('section', {class: 'detail', 'aria-label': 'The chosen question'});
  const problem = h('div', {});
  const split = h('div', {class: 'split'}, list, detail);
  page.append(
    heading('Test set', 'Questions with their right answers, by which everything is measured.', h('button', {type: 'button', onclick: addNew}, 'New question')),
    h('div', {class: 'row'}, field('Find', search), field('Show', reviewed), tally),
    h('p', {class: 'muted keys'}, h('kbd', {}, '↑'), ' ', h('kbd', {}, '↓'), ' choose · ', h('kbd', {}, 'a'), ' accept · ', h('kbd', {}, 'd'), ' drop · ', h('kbd', {}, 'e'), ' edit · ',
      h('kbd', {}, 'Ctrl'), ' ', h('kbd', {}, 'Enter'), ' save · ', h('kbd', {}, 'Esc'), ' back to the list'),
    problem, split);
  reload();
  const resized = new ResizeObserver(() => draw());
  resized.observe(list);
  return () => resized.disconnect();

  async function reload(keepSelected = false) {
    const mine = ++round;
    asked.clear();
    cases = [];
    replace(problem, total === 0 && waiting());
    try {
      const first = await fetchBlock(0);
      if (mine !== round) return;
      replace(problem);
      total = first.total;
      cases.length = total;
      put(0, first.cases);
      asked.add(0);
      if (!keepSelected) {
        selected = total > 0 ? 0 : -1;
        list.scrollTop = 0;
      }
      split.hidden = total === 0 && !drafts.has(NEW);
      if (total === 0) {
        replace(problem, search.value || reviewed.value
          ? empty('No question is like this', reviewed.value === 'false' ? 'Everything that is shown has been accepted. Show all, or find other words.' : 'Find other words, or show all.')
          : empty('No test set yet', '`tandem testset draft` makes questions from the documents, to be reviewed here. Or write one: New question.'));
      }
      draw();
      showDetail();
    } catch (error) {
      if (mine === round) replace(problem, trouble(error, () => reload()));
    }
  }

  function fetchBlock(block) {
    return get(path('/api/testset', {offset: block * BLOCK, count: BLOCK, reviewed: reviewed.value, contains: search.value.trim()}));
  }

  function put(block, found) {
    found.forEach((each, i) => { cases[block * BLOCK + i] = each; });
  }

  async function need(index) {
    const block = Math.floor(index / BLOCK);
    if (asked.has(block)) return;
    asked.add(block);
    const mine = round;
    try {
      const found = await fetchBlock(block);
      if (mine !== round) return;
      put(block, found.cases);
      draw();
      if (Math.floor(selected / BLOCK) === block) showDetail();
    } catch (error) {
      asked.delete(block);
      replace(problem, trouble(error, () => { replace(problem); draw(); }));
    }
  }

  /** Only the rows that are seen exist. */
  function draw() {
    spacer.style.height = `${total * ROW}px`;
    const from = Math.max(0, Math.floor(list.scrollTop / ROW) - 5);
    const to = Math.min(total, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + 5);
    const rows = [];
    for (let i = from; i < to; i++) {
      if (!cases[i]) need(i);
      rows.push(row(i));
    }
    replace(spacer, rows);
    if (selected >= from && selected < to) list.setAttribute('aria-activedescendant', `case-${selected}`);
    else list.removeAttribute('aria-activedescendant');
    const open = drafts.size;
    replace(tally, several(total, 'question', 'questions'), open > 0 && `, ${several(open, 'change', 'changes')} not saved`);
  }

  function row(i) {
    const each = cases[i];
    const element = h('div', {
      class: 'case', role: 'option', id: `case-${i}`, 'data-index': i, 'aria-selected': String(i === selected), 'aria-posinset': i + 1, 'aria-setsize': total,
    }, each
      ? [h('span', {class: 'question'}, each.question),
        h('span', {class: 'about'}, state(each.reviewed ? 'accepted' : 'to review', each.reviewed ? 'good' : ''), drafts.has(each.id) && state('not saved', 'busy'),
          h('span', {class: 'muted'}, `${each.id} · ${each.type.replaceAll('_', ' ')}`))]
      : h('span', {class: 'muted'}, 'Loading…'));
    element.style.top = `${i * ROW}px`;
    return element;
  }

  function select(index, focus = false) {
    if (total === 0) return;
    selected = Math.max(0, Math.min(total - 1, index));
    const top = selected * ROW;
    if (top < list.scrollTop) list.scrollTop = top;
    if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight;
    draw();
    showDetail();
    if (focus) list.focus();
  }

  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(list.clientHeight / ROW) - 1);
    const moves = {ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -total, End: total, j: 1, k: -1};
    const acts = {a: accept, d: drop, e: edit, Enter: edit};
    if (event.key in moves) select(selected + moves[event.key]);
    else if (event.key in acts) acts[event.key]();
    else return;
    event.preventDefault();
  }

  function edit() {
    detail.querySelector('textarea')?.focus();
  }

  async function accept() {
    const index = selected;
    const before = cases[index];
    if (!before || before.reviewed) return select(index + 1);
    if (drafts.has(before.id)) {
      toast('Save what you have changed first, or take it back.');
      return edit();
    }
    try {
      took(index, await post(`/api/testset/${encodeURIComponent(before.id)}/accept`, {version: before.version}));
      announce('Accepted');
      if (selected === index) select(index + 1);
    } catch (error) {
      await clashed(error, before, {});
    }
  }

  async function drop() {
    const index = selected;
    const gone = cases[index];
    if (!gone) return;
    try {
      await call('DELETE', path(`/api/testset/${encodeURIComponent(gone.id)}`, {version: gone.version}));
      drafts.delete(gone.id);
      keepDrafts();
      // Blocks no longer begin where they did.
      await reload(true);
      select(Math.min(index, total - 1));
      toast('Dropped.', () => restore(gone), 'Undo');
    } catch (error) {
      await clashed(error, gone, {});
    }
  }

  async function restore({version, origin, ...kept}) {
    try {
      await post('/api/testset', kept);
      await reload(true);
      toast('It is back, at the end.');
    } catch (error) {
      toast(error.message);
    }
  }

  function took(index, changed) {
    cases[index] = changed;
    draw();
    if (selected === index) showDetail();
  }

  function addNew() {
    if (!drafts.has(NEW)) drafts.set(NEW, {version: '', values: {type: 'answerable'}});
    keepDrafts();
    split.hidden = false;
    draw();
    showForm(undefined);
    edit();
  }

  function showDetail() {
    const each = cases[selected];
    if (each) showForm(each);
    else if (drafts.has(NEW)) showForm(undefined);
    else replace(detail);
  }

  /** @param {object?} each the question; a new one if there is none */
  function showForm(each, conflict) {
    const id = each?.id ?? NEW;
    const draft = drafts.get(id);
    const values = {...(each ? texts(each) : {}), ...draft?.values};
    const typed = () => {
      const now = Object.fromEntries(FIELDS.map(name => [name, inputs[name].value]));
      const same = each && FIELDS.every(name => now[name] === texts(each)[name]);
      if (same) drafts.delete(id);
      else drafts.set(id, {version: draft?.version || each?.version || '', values: now});
      keepDrafts();
      save.disabled = same;
      undo.hidden = same;
      draw();
    };
    const inputs = Object.fromEntries(FIELDS.map(name => [name, input(name, values[name] ?? '', typed)]));
    const save = h('button', {class: 'main', disabled: !draft}, 'Save');
    const undo = h('button', {type: 'button', hidden: !draft, onclick: () => {
      drafts.delete(id);
      keepDrafts();
      draw();
      if (total === 0) reload();
      showDetail();
    }}, each ? 'Take my changes back' : 'Leave it');
    const failed = h('div', {});
    const form = h('form', {
      onsubmit: event => {
        event.preventDefault();
        saveForm(each, id, inputs, failed);
      },
      onkeydown: event => {
        if (event.key === 'Escape') list.focus();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
      },
    },
      h('div', {class: 'row'}, h('h2', {}, each ? each.id : 'New question'), each && state(each.reviewed ? 'accepted' : 'to review', each.reviewed ? 'good' : ''),
        each?.origin && h('span', {class: 'muted'}, `from ${each.origin}`)),
      conflict && clash(conflict, id),
      FIELDS.map(name => field(LABELS[name], inputs[name])),
      failed,
      h('div', {class: 'actions'}, save, undo,
        each && !each.reviewed && h('button', {type: 'button', onclick: accept}, 'Accept'),
        each && h('button', {type: 'button', class: 'danger', onclick: drop}, 'Drop')));
    replace(detail, form);
  }

  async function saveForm(each, id, inputs, failed) {
    const values = Object.fromEntries(FIELDS.map(name => [name, inputs[name].value]));
    const body = bodyOf(values);
    try {
      if (each) {
        const index = cases.findIndex(other => other?.id === id);
        const saved = await call('PATCH', `/api/testset/${encodeURIComponent(id)}`, {...body, version: drafts.get(id)?.version || each.version});
        drafts.delete(id);
        keepDrafts();
        took(index, saved);
        list.focus();
      } else {
        await post('/api/testset', given(body));
        drafts.delete(NEW);
        keepDrafts();
        await reload();
      }
      toast('Saved.');
    } catch (error) {
      if (each && (error.status === 409 || error.status === 404)) await clashed(error, each, values);
      else replace(failed, trouble(error));
    }
  }

  /** Somebody else was faster: shows both, and loses nothing. */
  async function clashed(error, before, mine) {
    if (error.status === 404 && !error.missing) {
      toast('Somebody has dropped this question meanwhile. What you typed stays here until you save it as a new question.');
      if (Object.keys(mine).length) {
        drafts.delete(before.id);
        drafts.set(NEW, {version: '', values: mine});
        keepDrafts();
        await reload();
        addNew();
      } else {
        await reload();
      }
      return;
    }
    if (error.status !== 409) {
      replace(problem, trouble(error));
      return;
    }
    try {
      const theirs = await get(`/api/testset/${encodeURIComponent(before.id)}`);
      const index = cases.findIndex(other => other?.id === before.id);
      if (index >= 0) cases[index] = theirs;
      draw();
      showForm(theirs, {before, theirs});
      announce('Somebody has changed this question meanwhile.');
    } catch (second) {
      replace(problem, trouble(second));
    }
  }

  function clash({before, theirs}, id) {
    const was = texts(before);
    const now = texts(theirs);
    const changed = FIELDS.filter(name => was[name] !== now[name]);
    return h('div', {class: 'notice warn', role: 'alert'},
      h('p', {}, h('strong', {}, 'Somebody has changed this question meanwhile.'), drafts.has(id) ? ' What you typed is still below.' : ' This is how it is now.'),
      changed.map(name => h('div', {class: 'theirs'}, h('span', {class: 'muted'}, `${LABELS[name]}, as it is now`), h('p', {class: 'text'}, now[name] || '(nothing)'))),
      drafts.has(id) && h('div', {class: 'actions'},
        h('button', {type: 'button', class: 'main', onclick: () => {
          drafts.set(id, {...drafts.get(id), version: theirs.version});
          keepDrafts();
          detail.querySelector('form').requestSubmit();
        }}, 'Save mine in its place'),
        h('button', {type: 'button', onclick: () => {
          drafts.delete(id);
          keepDrafts();
          draw();
          showForm(theirs);
        }}, 'Take theirs')));
  }
}

function input(name, value, typed) {
  const common = {value, oninput: typed};
  if (name === 'type') return h('select', common, TYPES.map(type => h('option', {value: type}, type.replaceAll('_', ' '))));
  if (name === 'difficulty') return h('select', common, ['', 'easy', 'medium', 'hard'].map(each => h('option', {value: each}, each || 'not said')));
  if (name === 'question' || LISTS.includes(name)) return h('textarea', {...common, rows: name === 'documents' ? 2 : 3, required: name === 'question'});
  return h('input', {...common, autocomplete: 'off'});
}

const texts = each => Object.fromEntries(FIELDS.map(name => [name, LISTS.includes(name) ? each[name].join('\n') : each[name] ?? '']));

const bodyOf = values => Object.fromEntries(FIELDS.map(name => [name,
  LISTS.includes(name) ? values[name].split('\n').map(line => line.trim()).filter(Boolean) : values[name].trim()]));

/** Without what was left empty, for a question that is new. */
const given = body => Object.fromEntries(Object.entries(body).filter(([, value]) => value !== ''));
