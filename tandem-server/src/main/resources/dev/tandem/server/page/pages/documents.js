// Documents: what is there, adding, looking at and deleting.
import {h, replace, settled} from '../dom.js';
import {call, get, path, upload} from '../api.js';
import {bytes, count, several, time} from '../format.js';
import {bar, confirmed, empty, field, heading, state, table, toast, trouble, waiting, words} from '../parts.js';
import {follow} from '../jobs.js';
import {openDocument} from '../viewer.js';
import {versions, versionsOf} from './versions.js';

const AT_ONCE = 100;

export function documents(page, [verb, document] = []) {
  if (verb === 'versions' && document) return versions(page, document);
  const leaving = new AbortController();
  const filter = h('input', {type: 'search', placeholder: 'department = "hr" and date >= 2025-01-01', spellcheck: 'false', oninput: settled(() => load())});
  const files = h('input', {type: 'file', multiple: true, class: 'hidden', id: 'files', onchange: () => { add([...files.files]); files.value = ''; }});
  const drop = h('div', {
    class: 'drop',
    ondragover: event => { event.preventDefault(); drop.classList.add('over'); },
    ondragleave: () => drop.classList.remove('over'),
    ondrop: event => {
      event.preventDefault();
      drop.classList.remove('over');
      add([...event.dataTransfer.files]);
    },
  },
    h('button', {type: 'button', class: 'main', onclick: () => files.click()}, 'Add documents'), files,
    h('span', {class: 'muted'}, 'or drop them here: PDF, Word, Markdown, HTML, e-mail, tables, code…'));
  files.tabIndex = -1;
  files.setAttribute('aria-label', 'Files to add');
  const uploads = h('ul', {class: 'uploads', 'aria-label': 'Uploads'});
  const list = h('div', {}, waiting());
  page.append(heading('Documents', 'What answers are made from.',
    h('button', {type: 'button', onclick: refresh}, 'Look for changes')), drop, uploads,
  h('div', {class: 'row'}, field('Only documents where', filter)), list);
  const gone = h('div', {});
  page.append(gone);
  const shown = [];
  load();
  loadDeleted();
  return () => leaving.abort();

  async function load(more = false) {
    try {
      if (!more) shown.splice(0);
      const found = await get(path('/api/documents', {filter: filter.value.trim(), offset: shown.length, limit: AT_ONCE}), leaving.signal);
      shown.push(...found.documents);
      draw(found.total);
    } catch (error) {
      if (error.name !== 'AbortError') replace(list, trouble(error, () => load()));
    }
  }

  function draw(total) {
    if (total === 0) {
      replace(list, filter.value.trim()
        ? empty('No document passes the filter', 'Change it or empty it: `path contains handbook` finds by name.')
        : empty('No documents yet', 'Add some above, or name a folder: `tandem ingest FOLDER`. Then ask.'));
      return;
    }
    replace(list,
      h('p', {class: 'muted', role: 'status'}, several(total, 'document', 'documents')),
      table('Documents', ['Document', {name: 'Actions', hidden: true}],
        shown.map(row)),
      shown.some(each => !each.uploaded) && h('p', {class: 'muted'}, 'What comes from a folder is changed, deleted and kept in earlier versions there, not here.'),
      shown.length < total && h('button', {type: 'button', onclick: () => load(true)}, `Show more (${count(total - shown.length)} left)`));
  }

  /** Those that may change documents alone are told what was deleted. */
  async function loadDeleted() {
    try {
      const {documents: deleted} = await get('/api/documents/deleted', leaving.signal);
      replace(gone, deleted.length > 0 && h('details', {}, h('summary', {}, several(deleted.length, 'deleted document', 'deleted documents'), ' can be had back'),
        table('Deleted documents', ['Document', 'Deleted', 'By', {name: 'Versions kept', number: true}], deleted.map(each => h('tr', {},
          h('th', {scope: 'row'}, h('a', {href: versionsOf(each.path)}, each.path)), h('td', {}, time(each.deleted)),
          h('td', {}, each.deleted_by ?? '–'), h('td', {class: 'number'}, count(each.versions)))))));
    } catch {
      // Without it nothing else on this page is wrong, and what is wrong is told by the list.
      replace(gone);
    }
  }

  function row(entry) {
    const fields = Object.entries(entry.metadata ?? {}).filter(([name]) => !['format', 'title', 'folder'].includes(name));
    return h('tr', {},
      h('th', {scope: 'row'},
        h('button', {type: 'button', class: 'link', onclick: () => openDocument(entry.path)}, entry.path),
        entry.title && entry.title !== entry.path && h('div', {class: 'muted'}, entry.title),
        h('div', {class: 'muted'}, [entry.format, bytes(entry.size), several(entry.passages, 'passage', 'passages'), `changed ${time(entry.modified)}`].join(' · ')),
        fields.length > 0 && h('div', {class: 'tags'}, fields.map(([name, values]) => h('span', {class: 'tag'}, `${name}: ${values.join(', ')}`)))),
      h('td', {class: 'deeds'}, entry.uploaded
        ? [h('a', {class: 'button quiet', 'aria-label': `Versions of ${entry.path}`, href: versionsOf(entry.path)}, 'Versions'),
          h('button', {type: 'button', class: 'quiet', 'aria-label': `Delete ${entry.path}`, onclick: () => remove(entry)}, 'Delete')]
        : h('span', {class: 'muted aside'}, 'from a folder')));
  }

  async function remove(entry) {
    const all = h('input', {type: 'checkbox'});
    if (!await confirmed(`Delete ${entry.path}?`, 'Answers no longer use it. What it was is kept as a version, from which it can be restored.', 'Delete',
      h('label', {}, all, ' Delete all its versions, too: for good'))) return;
    const line = uploadLine(entry.path);
    try {
      const accepted = await call('DELETE', path('/api/documents', {path: entry.path, versions: all.checked || undefined}));
      await ingest(line, accepted.job.id);
      toast(`${entry.path} is deleted.`);
      line.done('deleted', 'good');
    } catch (error) {
      line.failed(error);
    }
  }

  async function refresh() {
    const line = uploadLine('Looking for changes in all folders');
    try {
      const accepted = await call('POST', '/api/ingest', {});
      const report = await ingest(line, accepted.job.id);
      line.done(`${report.added} new, ${report.updated} changed, ${report.deleted} gone`, 'good');
    } catch (error) {
      line.failed(error);
    }
  }

  /** One after the other, so that each file has its own progress and its own reason when it is refused. */
  async function add(chosen) {
    const lines = chosen.map(file => [file, uploadLine(file.name, bytes(file.size))]);
    for (const [file, line] of lines) {
      try {
        const form = new FormData();
        form.append('file', file, file.name);
        line.say('uploading');
        const accepted = await upload('/api/documents', form, share => line.bar.at(share), line.stop.signal);
        line.say('waiting to be read');
        line.bar.unknown();
        // The next file goes up while this one is read.
        ingest(line, accepted.job.id)
          .then(report => {
            const skipped = report.skipped?.find(each => each.path === file.name);
            if (skipped) line.done(`not taken in: it ${skipped.reason}`, 'bad');
            else line.done('can be asked about', 'good');
          })
          .catch(error => line.failed(error));
      } catch (error) {
        line.failed(error);
      }
    }
  }

  async function ingest(line, id) {
    const job = await follow(id, event => {
      if (event.type !== 'progress' || !event.data) return;
      line.say(event.data.task.toLowerCase());
      if (event.data.total) line.bar.at(event.data.done / event.data.total);
      else line.bar.unknown();
    }, leaving.signal);
    if (job.status !== 'succeeded') throw new Error(job.error ?? `The work was ${job.status}.`);
    load();
    loadDeleted();
    return job.result ?? {};
  }

  function uploadLine(name, size) {
    const progress = bar(name);
    const status = h('span', {class: 'muted', role: 'status'});
    const stop = new AbortController();
    const end = h('button', {type: 'button', class: 'quiet', onclick: () => stop.abort()}, 'Stop');
    const element = h('li', {}, h('span', {class: 'name'}, name, size && h('span', {class: 'muted'}, ` ${size}`)), progress.element, status, end);
    uploads.append(element);
    const finish = content => {
      progress.element.remove();
      replace(status, content);
      end.textContent = 'Dismiss';
      end.onclick = () => element.remove();
    };
    return {
      bar: progress,
      stop,
      say: text => replace(status, text),
      done: (text, kind) => finish(state(text, kind)),
      failed: error => {
        if (error.name === 'AbortError') finish(state('stopped'));
        else finish(error.status === 401 || error.missing ? trouble(error) : h('span', {class: 'badly'}, words(error.message)));
      },
    };
  }
}
