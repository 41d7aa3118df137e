// What a document was before: looked at, compared, restored.
import {announce, h, replace} from '../dom.js';
import {call, get, getBlob, path} from '../api.js';
import {bytes, several, time} from '../format.js';
import {confirmed, empty, field, heading, state, table, toast, trouble, waiting} from '../parts.js';
import {follow} from '../jobs.js';

export const versionsOf = document => `#/documents/versions/${encodeURIComponent(document)}`;

export function versions(page, document) {
  const leaving = new AbortController();
  const body = h('div', {}, waiting());
  const shown = h('section', {'aria-label': 'The chosen version'});
  page.append(heading(`Versions of ${document}`, 'What it was before, and what changed.', h('a', {class: 'button', href: '#/documents'}, 'All documents')), body, shown);
  const where = (number, verb = '', more = {}) => path(`/api/documents/versions/${number}${verb}`, {path: document, ...more});
  load();
  return () => leaving.abort();

  async function load() {
    try {
      draw(await get(path('/api/documents/versions', {path: document}), leaving.signal));
    } catch (error) {
      if (error.name === 'AbortError') return;
      replace(body, error.code === 'document_not_found'
        ? empty('Nothing is kept of this document', 'It is not here, and neither is any version of it.')
        : trouble(error, load));
    }
  }

  function draw(found) {
    const numbers = found.versions.map(each => each.number);
    const earlier = found.versions.filter(each => !each.newest);
    replace(body,
      found.deleted && h('div', {class: 'notice warn'},
        h('p', {}, `Deleted ${time(found.deleted)}${found.deleted_by ? ` by ${found.deleted_by}` : ''}. Restore a version to have the document back.`)),
      h('p', {class: 'muted', role: 'status'}, earlier.length > 0 && `${several(earlier.length, 'earlier version', 'earlier versions')}, ${bytes(found.bytes)}. `,
        found.kept === 0 ? ['None are kept: ', h('code', {}, 'serve.keep_versions'), ' in tandem.yaml is 0.'] : `The ${several(found.kept, 'newest earlier one is', 'newest earlier ones are')} kept.`),
      table('Versions', ['Version', {name: 'Actions', hidden: true}],
        found.versions.map((each, index) => row(each, numbers[index + 1], numbers))),
      earlier.length === 0 && empty('No earlier version yet', 'When a file of the same name is uploaded, or this one is deleted, what it was is kept here: to be read, compared and restored.'),
      found.deleted && h('div', {class: 'actions'}, h('button', {type: 'button', class: 'danger', onclick: removeAll}, 'Remove all versions for good')));
  }

  function row(each, before, numbers) {
    const act = (words, run, kind = 'quiet') => h('button', {type: 'button', class: kind, 'aria-label': `${words}: version ${each.number}`, onclick: run}, words);
    return h('tr', {},
      h('th', {scope: 'row'}, `Version ${each.number} `, each.newest && state('now', 'good'),
        h('div', {class: 'muted'}, `${time(each.time)}, ${each.who ? `by ${each.who}` : 'not known by whom'}, ${bytes(each.bytes)}`,
          each.restored && `; version ${each.restored} again`)),
      h('td', {class: 'deeds'},
        act('Read', () => read(each.number)),
        before !== undefined && act('What changed', () => compare(before, each.number, numbers)),
        !each.newest && act('Restore', event => restore(each.number, event.target)),
        act('Download', () => download(each.number)),
        !each.newest && act('Remove', () => remove(each.number))));
  }

  /** Shows something under the table, and goes there. */
  function show(title, ...content) {
    const head = h('h2', {tabindex: -1}, title);
    replace(shown, h('div', {class: 'head'}, head, h('button', {type: 'button', onclick: () => { replace(shown); page.querySelector('h1').focus(); }}, 'Close')), content);
    head.focus();
    head.scrollIntoView({block: 'start'});
  }

  async function read(number) {
    try {
      const found = await get(where(number), leaving.signal);
      show(`Version ${number}`,
        found.cut && h('p', {class: 'notice'}, 'This is its beginning: it is too long to be shown whole. Download it.'),
        h('div', {class: 'panel text lines', tabindex: 0, role: 'region', 'aria-label': `Text of version ${number}`}, found.text));
    } catch (error) {
      failed(`Version ${number}`, error, () => read(number));
    }
  }

  async function compare(from, to, numbers) {
    const choose = (chosen, changed) => h('select', {value: String(chosen), onchange: event => changed(Number(event.target.value))},
      numbers.map(number => h('option', {value: String(number)}, `version ${number}`)));
    const selects = h('div', {class: 'row'},
      field('From', choose(from, number => compare(number, to, numbers))), field('To', choose(to, number => compare(from, number, numbers))));
    try {
      const found = await get(where(to, '/changes', {from}), leaving.signal);
      const told = found.lines.length === 0
        ? 'Nothing: the texts are the same.'
        : `${several(found.removed, 'line', 'lines')} taken away, ${several(found.added, 'line', 'lines')} added.`;
      show('What changed', selects, h('p', {role: 'status'}, told), found.lines.length > 0 && difference(found.lines));
      announce(told);
    } catch (error) {
      failed('What changed', error, () => compare(from, to, numbers), selects);
    }
  }

  function failed(title, error, again, ...above) {
    if (error.name !== 'AbortError') show(title, above, trouble(error, error.status === 422 ? undefined : again));
  }

  async function restore(number, button) {
    button.disabled = true;
    button.textContent = 'Restoring…';
    try {
      const accepted = await call('POST', where(number, '/restore'), {});
      const job = await follow(accepted.job.id, () => {}, leaving.signal);
      const left = job.result?.skipped?.find(each => each.path === document);
      if (job.status !== 'succeeded' || left) throw new Error(left ? `The file is back, but it was not taken in: it ${left.reason}.` : job.error ?? `The work was ${job.status}.`);
      toast(`Version ${number} is the newest again; answers use it.`);
    } catch (error) {
      if (error.name === 'AbortError') return;
      toast(error.message);
    }
    replace(shown);
    load();
  }

  async function remove(number) {
    if (!await confirmed(`Remove version ${number}?`, 'It is removed for good. The document and its other versions stay.', 'Remove')) return;
    try {
      draw(await call('DELETE', where(number)));
      replace(shown);
      toast(`Version ${number} is removed.`);
    } catch (error) {
      if (error.code === 'document_not_found') load();
      else toast(error.message);
    }
  }

  async function removeAll() {
    if (!await confirmed('Remove all versions?', 'Nothing of this document is kept then. This cannot be taken back.', 'Remove all')) return;
    try {
      await call('DELETE', path('/api/documents', {path: document, versions: true}));
      toast(`Nothing is kept of ${document}.`);
      location.hash = '#/documents';
    } catch (error) {
      toast(error.message);
    }
  }

  async function download(number) {
    try {
      const file = URL.createObjectURL(await getBlob(where(number, '/file')));
      const name = document.split('/').at(-1);
      const dot = name.lastIndexOf('.');
      const link = h('a', {href: file, download: `${name.slice(0, dot)}-version-${number}${name.slice(dot)}`, class: 'hidden'}, 'file');
      page.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(file), 60_000);
    } catch (error) {
      toast(error.message);
    }
  }
}

const SIGNS = {removed: ['del', '−', 'taken away: '], added: ['ins', '+', 'added: ']};

function difference(lines) {
  return h('div', {class: 'panel lines difference', tabindex: 0, role: 'region', 'aria-label': 'What changed, line by line'}, lines.map(({kind, text}) => {
    if (kind === 'left_out') return h('div', {class: 'muted gap'}, several(Number(text), 'unchanged line', 'unchanged lines'));
    if (kind === 'same') return h('div', {class: 'same'}, text || '\u00a0');
    const [tag, sign, spoken] = SIGNS[kind];
    return h(tag, {}, h('span', {class: 'sign', 'aria-hidden': 'true'}, sign), h('span', {class: 'hidden'}, spoken), text || '\u00a0');
  }));
}
