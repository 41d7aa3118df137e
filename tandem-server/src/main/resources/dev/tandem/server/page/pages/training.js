// Tunings: how they stand, their losses while they run, and a form to begin one.
import {h, nowAndThen, replace} from '../dom.js';
import {get, post, upload} from '../api.js';
import {lineChart} from '../chart.js';
import {bytes, count, duration, number, time} from '../format.js';
import {bar, confirmed, empty, field, heading, jobState, table, toast, trouble, waiting} from '../parts.js';
import {follow, isOver} from '../jobs.js';

export function training(page, [id]) {
  const leaving = new AbortController();
  page.append(id
    ? heading('Training', 'A tuning, as it runs.', h('a', {class: 'button', href: '#/training'}, 'All tunings'))
    : heading('Training', 'Adapters: the base model, taught by your examples.'));
  const body = h('div', {}, waiting());
  page.append(body);
  const failed = error => error.name === 'AbortError' || replace(body, trouble(error, load));
  const load = () => (id ? one(id, body, leaving.signal) : all(body, leaving.signal)).catch(failed);
  load();
  return () => leaving.abort();
}

async function all(body, signal) {
  const [listed, models] = await Promise.all([get('/api/jobs?kind=tune&limit=100', signal), get('/v1/models', signal)]);
  replace(body,
    listed.jobs.length === 0
      ? empty('Nothing was tuned yet', 'Choose a file of examples below: one JSON object a line, `{"messages": [{"role": "user", …}, {"role": "assistant", …}]}`.',
        'Examples also come from corrected answers (Monitoring), or from `tandem tune` on the command line.')
      : table('Tunings', ['Tuning', 'State', 'Asked by', 'Begun', 'Result'], listed.jobs.map(job => h('tr', {},
        h('th', {scope: 'row'}, h('a', {href: `#/training/${encodeURIComponent(job.id)}`}, job.result?.adapter ?? job.id)),
        h('td', {}, jobState(job)), h('td', {}, job.asked_by), h('td', {}, time(job.started ?? job.created)),
        h('td', {class: 'long'}, job.error ?? (job.result ? `held-out loss ${number(job.result.held_out_loss)}` : '–'))))),
    form(models.data));
}

function form(models) {
  const bases = models.filter(model => !model.id.includes('/') && model.owned_by !== 'embedding');
  const base = h('select', {}, bases.map(model => h('option', {value: model.id}, model.id)));
  const file = h('input', {type: 'file', accept: '.jsonl,.json,.csv,.parquet', required: true});
  const name = h('input', {pattern: '[A-Za-z0-9][A-Za-z0-9._\\-]{0,63}', placeholder: 'support-1', autocomplete: 'off'});
  const epochs = h('input', {type: 'number', min: 1, max: 50, placeholder: 'auto'});
  const progress = h('div', {});
  const element = h('form', {
    class: 'panel',
    onsubmit: async event => {
      event.preventDefault();
      const sent = bar('Upload of examples');
      replace(progress, h('p', {class: 'muted'}, `Uploading ${bytes(file.files[0].size)}`), sent.element);
      try {
        const data = new FormData();
        data.append('purpose', 'fine-tune');
        data.append('file', file.files[0]);
        const uploaded = await upload('/v1/files', data, sent.at);
        const job = await post('/v1/fine_tuning/jobs', {
          model: base.value, training_file: uploaded.id,
          ...(name.value ? {suffix: name.value} : {}),
          ...(epochs.value ? {method: {type: 'supervised', supervised: {hyperparameters: {n_epochs: Number(epochs.value)}}}} : {}),
        });
        location.hash = `#/training/${encodeURIComponent(job.id)}`;
      } catch (error) {
        replace(progress, trouble(error));
      }
    },
  },
    h('h2', {}, 'Tune an adapter'),
    h('div', {class: 'fields-row'}, field('Examples', file, 'A JSON Lines file of conversations.'), field('Base model', base),
      field('Name', name, 'Questions name it as their model.'), field('Passes over the examples', epochs, 'Left empty, the default.')),
    progress, h('div', {class: 'actions'}, h('button', {class: 'main'}, 'Begin')));
  return element;
}

async function one(id, body, signal) {
  const again = () => one(id, body, signal).catch(error => error.name === 'AbortError' || replace(body, trouble(error, again)));
  let job = await get(`/api/jobs/${encodeURIComponent(id)}`, signal);
  const standing = h('div', {class: 'cards'});
  const progress = bar('Progress of the tuning');
  const chart = lineChart('Loss a token by update', 'updates');
  const remarks = h('ul', {class: 'remarks', 'aria-label': 'Remarks'});
  const actions = h('div', {class: 'actions'});
  const lines = {training: [], heldOut: []};
  let step = {};
  let note = '';
  const draw = nowAndThen(() => {
    replace(standing, card('State', jobState(job)), card('Update', step.total ? `${count(step.done)} of ${count(step.total)}` : '–'),
      card('Speed', note.match(/[\d.,]+ tokens\/s/)?.[0] ?? '–'), card('Time left', isOver(job) ? '–' : timeLeft()),
      card('Loss', number(lines.training.at(-1)?.[1])), card('Held-out loss', number(lines.heldOut.at(-1)?.[1])));
    chart.draw([{name: 'training', points: lines.training}, {name: 'held out', points: lines.heldOut}]);
    if (step.total) progress.at(step.done / step.total);
    else if (isOver(job)) progress.at(job.status === 'succeeded' ? 1 : 0);
    replace(actions, !isOver(job) && h('button', {type: 'button', class: 'danger', disabled: job.cancelling, onclick: stop}, job.cancelling ? 'Stopping…' : 'Stop'));
  }, 100);
  const ending = h('div', {});
  replace(body, standing, progress.element, actions, ending, h('h2', {}, 'Loss'), chart.element, h('h2', {}, 'What happened'), remarks);
  draw();

  let began;
  const timeLeft = () => {
    if (!began || step.done <= began.done) return '–';
    const each = (step.at - began.at) / (step.done - began.done);
    return duration((each * (step.total - step.done)) / 1000);
  };
  const stop = async () => {
    if (!await confirmed('Stop this tuning?', 'It ends at its next update, and can go on from its last checkpoint later. Until then there is no adapter.', 'Stop it')) return;
    try {
      job = await post(`/api/jobs/${encodeURIComponent(id)}/cancel`);
      draw();
    } catch (error) {
      toast(error.message);
    }
  };

  job = await follow(id, event => {
    const at = Date.parse(event.at);
    if (event.type === 'metrics') {
      lines.training.push([event.data.step, event.data.train_loss]);
      if (event.data.valid_loss !== undefined) lines.heldOut.push([event.data.step, event.data.valid_loss]);
    } else if (event.type === 'progress') {
      if (event.data?.task === 'Tuning') {
        step = {done: event.data.done, total: event.data.total, at};
        began ??= step;
      }
      note = event.data?.note ?? note;
    } else {
      if (event.type === 'status' && job.status === 'queued' && event.message.includes('running')) job = {...job, status: 'running'};
      remarks.append(h('li', {}, h('span', {class: 'muted'}, time(event.at)), ' ', event.message));
    }
    draw();
  }, signal);
  draw();
  job = await get(`/api/jobs/${encodeURIComponent(id)}`, signal);
  draw();
  replace(ending, outcome(job), job.resumable && goOn(id, again), samples(job.result?.samples ?? []));
}

function goOn(id, again) {
  const button = h('button', {
    type: 'button', class: 'main',
    onclick: async () => {
      button.disabled = true;
      try {
        await post(`/api/jobs/${encodeURIComponent(id)}/resume`);
        again();
      } catch (error) {
        button.disabled = false;
        toast(error.message);
      }
    },
  }, 'Go on from its last checkpoint');
  return h('div', {class: 'actions'}, button);
}

/** Held-out examples, as the base answers them and as the tuned model does. */
function samples(found) {
  return found.length > 0 && [h('h2', {}, 'What it answers now'), h('p', {class: 'muted'}, 'Examples that it was not taught.'),
    table('Samples', ['Prompt', 'Expected', 'The base', 'Tuned'], found.map(each => h('tr', {},
      [each.prompt, each.expected, each.base, each.tuned ?? '–'].map(words => h('td', {class: 'long'}, words)))))];
}

function outcome(job) {
  if (job.status === 'failed') return trouble(new Error(job.error ?? 'It failed.'));
  if (job.status === 'cancelled') return h('div', {class: 'notice'}, h('p', {}, job.resumable ? 'It was stopped.' : ['It was stopped. Begin anew under ', h('a', {href: '#/training'}, 'all tunings'), '.']));
  return h('div', {class: 'notice good'}, h('p', {},
    `The adapter ${job.result?.adapter ?? ''} can answer: choose it under `, h('a', {href: '#/ask'}, 'Ask'), '.'));
}

export function card(name, value) {
  const long = typeof value === 'string' && value.length > 12;
  return h('div', {class: 'card'}, h('div', {class: 'muted'}, name), h('div', {class: long ? 'figure wordy' : 'figure'}, value));
}
