// Evaluation runs: all of them, one with its questions, two side by side.
import {h, replace} from '../dom.js';
import {get, path} from '../api.js';
import {intervalChart, lineChart} from '../chart.js';
import {count, metricName, number, several, time} from '../format.js';
import {empty, field, heading, state, table, trouble, waiting} from '../parts.js';

const AT_ONCE = 50;
const LEADING = ['correct', 'accuracy', 'quality', 'contained', 'faithfulness', 'ndcg@10', 'recall@5', 'f1'];
/** How many lines a chart tells apart by their colours. */
const LINES = 5;

export function runs(page, [id, verb, other]) {
  const leaving = new AbortController();
  const body = h('div', {}, waiting());
  const title = id ? (verb === 'diff' ? 'Two runs' : 'A run') : 'Runs';
  page.append(heading(title, id ? '' : 'Test sets, asked of an approach and scored.', id && h('a', {class: 'button', href: '#/runs'}, 'All runs')), body);
  const load = () => {
    const shown = verb === 'diff' ? diff(body, id, other, leaving.signal) : id ? one(body, id, leaving.signal) : all(body, leaving.signal);
    shown.catch(error => error.name === 'AbortError' || replace(body, trouble(error, load)));
  };
  load();
  return () => leaving.abort();
}

/** A metric over all questions, by its name. */
export const overall = (run, name) => run.metrics.find(each => each.metric === name && each.type === 'all');

/** The metrics that all questions have, those that matter first. */
export function metricNames(found) {
  const names = [...new Set(found.flatMap(run => run.metrics.filter(each => each.type === 'all').map(each => each.metric)))];
  const place = name => (LEADING.includes(name) ? LEADING.indexOf(name) : LEADING.length);
  return names.sort((a, b) => place(a) - place(b));
}

async function all(body, signal) {
  const found = [];
  const chosen = new Set();
  let total = 0;
  const more = async () => {
    const next = await get(path('/api/runs', {offset: found.length, count: AT_ONCE}), signal);
    found.push(...next.runs);
    total = next.total;
    draw();
  };
  const beside = h('button', {type: 'button', onclick: () => { location.hash = `#/runs/${[...chosen].map(encodeURIComponent).join('/diff/')}`; }}, 'Compare the two chosen');
  const tell = () => { beside.disabled = chosen.size !== 2; };
  const draw = () => {
    if (total === 0) {
      replace(body, empty('No runs yet', 'Draft a test set with `tandem testset draft`, then ask it of an approach with `tandem evaluate`.'));
      return;
    }
    const names = metricNames(found).slice(0, 4);
    const manySets = new Set(found.map(run => run.test_set_hash)).size > 1;
    replace(body, h('div', {class: 'row'}, h('p', {class: 'muted', role: 'status'}, several(total, 'run', 'runs')), beside),
      development(found, metricNames(found)),
      table('Runs', [{name: 'Choose', hidden: true}, 'Run', 'Approach', ...(manySets ? ['Test set'] : []), 'Begun', ...names.map(name => ({name: metricName(name), number: true}))],
        found.map(run => row(run, names, manySets))),
      found.length < total && h('button', {type: 'button', onclick: more}, `Show more (${count(total - found.length)} left)`));
    tell();
  };
  const row = (run, names, manySets) => h('tr', {},
    h('td', {class: 'tick'}, h('input', {
      type: 'checkbox', 'aria-label': `Choose run ${run.id}`, checked: chosen.has(run.id),
      onchange: event => { event.target.checked ? chosen.add(run.id) : chosen.delete(run.id); tell(); },
    })),
    h('th', {scope: 'row'}, h('a', {href: `#/runs/${encodeURIComponent(run.id)}`}, run.id.length > 24 ? run.id.slice(0, 12) : run.id), h('div', {}, standing(run))),
    h('td', {}, run.strategy), manySets && h('td', {}, run.test_set.split('/').at(-1)), h('td', {}, time(run.started)),
    names.map(name => h('td', {class: 'number'}, number(overall(run, name)?.value))));
  await more();
}

/** How a metric went from run to run, a line an approach, on the test set that was asked most. */
function development(found, names) {
  const sets = Map.groupBy(found.filter(run => run.finished).reverse(), run => run.test_set_hash);
  const most = [...sets.values()].sort((a, b) => b.length - a.length)[0] ?? [];
  const asked = name => most.filter(run => overall(run, name));
  const shown = names.filter(name => asked(name).length > 1);
  if (shown.length === 0) return null;
  const metric = h('select', {onchange: () => draw()}, shown.map(name => h('option', {value: name}, metricName(name))));
  const holder = h('div', {class: 'stack'});
  const draw = () => {
    const measured = asked(metric.value);
    const lines = [...Map.groupBy(measured.map((run, index) => [run, index + 1]), ([run]) => run.strategy)].map(([name, runs]) => ({
      name,
      points: runs.map(([run, place]) => {
        const {value, low, high} = overall(run, metric.value);
        return [place, value, low, high];
      }),
    }));
    const chart = lineChart(`${metricName(metric.value)} from run to run`, `run of ${most[0].test_set.split('/').at(-1)}, with 95% intervals`);
    replace(holder, chart.element, lines.length > LINES && h('p', {class: 'muted'}, `Of ${lines.length} approaches, ${LINES} are drawn: ${lines.slice(0, LINES).map(line => line.name).join(', ')}.`));
    chart.draw(lines.slice(0, LINES), measured.map(run => run.id));
  };
  queueMicrotask(draw);
  return [h('div', {class: 'row'}, h('h2', {}, 'From run to run'), field('Metric', metric)), holder];
}

const standing = run => !run.finished && state('running or stopped', 'busy');

async function one(body, id, signal) {
  const found = await get(path(`/api/runs/${encodeURIComponent(id)}`, {count: 500}), signal);
  const {run} = found;
  const examples = [...found.examples];
  const failing = h('input', {type: 'checkbox', id: 'failing', onchange: () => draw()});
  const list = h('div', {});
  const draw = () => {
    const shown = examples.filter(each => !failing.checked || each.failure);
    replace(list, h('p', {class: 'muted', role: 'status'}, several(shown.length, 'question', 'questions'), ` of ${count(found.total)}`),
      shown.map(example), examples.length < found.total && h('button', {type: 'button', onclick: more}, 'Show more'));
  };
  const more = async () => {
    examples.push(...(await get(path(`/api/runs/${encodeURIComponent(id)}`, {offset: examples.length, count: 500}), signal)).examples);
    draw();
  };
  const failures = examples.filter(each => each.failure).length;
  const metrics = run.metrics.filter(each => each.type === 'all');
  replace(body,
    h('p', {}, h('strong', {}, run.strategy), ` on ${run.test_set.split('/').at(-1)}, ${time(run.started)} `, standing(run)),
    failures > 0 && h('div', {class: 'notice bad'}, h('p', {}, `${several(failures, 'question', 'questions')} could not be asked or answered: the reason stands at each.`)),
    metrics.length > 0 && table('Metrics', ['Metric', {name: 'Value', number: true}, '95% interval', {name: 'Questions', number: true}], metrics.map(each => h('tr', {},
      h('th', {scope: 'row'}, metricName(each.metric)), h('td', {class: 'number'}, number(each.value)),
      h('td', {}, each.low === undefined ? '–' : `${number(each.low)} to ${number(each.high)}`), h('td', {class: 'number'}, count(each.examples))))),
    h('details', {}, h('summary', {}, 'Settings'), pairs({...run.configuration, seed: run.seed, 'tandem version': run.tandem_version, 'test set hash': run.test_set_hash})),
    h('h2', {}, 'Questions'), h('div', {class: 'row'}, failing, h('label', {for: 'failing'}, 'Only those that failed')), list);
  draw();
}

export function pairs(values) {
  return h('dl', {class: 'pairs'}, Object.entries(values).map(([name, value]) => [h('dt', {}, name), h('dd', {}, String(value))]));
}

function example(each) {
  return h('article', {class: 'example'},
    h('h3', {}, each.question),
    each.failure ? h('p', {class: 'badly'}, each.failure) : h('p', {class: 'text'}, each.answer ?? '–'),
    h('p', {class: 'muted'}, each.type.replaceAll('_', ' '), each.declined && ' · declined', Object.entries(each.metrics).map(([name, value]) => ` · ${metricName(name)} ${number(value)}`)),
    each.unsupported?.length > 0 && h('p', {class: 'muted'}, 'Unsupported: ', each.unsupported.join(' ')));
}

async function diff(body, first, second, signal) {
  const found = await get(`/api/runs/${encodeURIComponent(first)}/diff/${encodeURIComponent(second)}`, signal);
  if (found.common === 0) {
    replace(body, empty('Nothing in common', 'The two runs were asked no question in common: choose two of the same test set.'));
    return;
  }
  const beyond = found.metrics.filter(each => each.beyond_chance);
  // What is not from 0 to 1 would make all others a dot, and so would what is the same in both say nothing.
  const drawn = found.metrics.filter(each => !/latency|tokens|cost/.test(each.metric) && (each.difference || each.low || each.high));
  replace(body,
    h('p', {}, h('code', {}, found.first), ' and ', h('code', {}, found.second), `, over ${several(found.common, 'question', 'questions')} that both were asked.`),
    h('div', {class: 'notice'}, h('p', {}, beyond.length
      ? `Beyond chance: ${beyond.map(each => `${metricName(each.metric)} ${each.difference > 0 ? '+' : ''}${number(each.difference)}`).join(', ')}.`
      : 'No metric differs beyond chance.')),
    drawn.length > 0 && intervalChart('Difference of the second to the first', drawn.map(each => ({
      name: metricName(each.metric), value: each.difference, low: each.low, high: each.high, strong: each.beyond_chance,
    })), {zero: true}),
    table('Metrics', ['Metric', {name: 'First', number: true}, {name: 'Second', number: true}, {name: 'Difference', number: true}, '95% interval'], found.metrics.map(each => h('tr', {},
      h('th', {scope: 'row'}, metricName(each.metric)), h('td', {class: 'number'}, number(each.first)), h('td', {class: 'number'}, number(each.second)),
      h('td', {class: 'number'}, number(each.difference)), h('td', {}, each.low === undefined ? '–' : `${number(each.low)} to ${number(each.high)}`)))),
    found.configuration.length > 0 && [h('h2', {}, 'Settings that differ'), table('Settings', ['Setting', 'First', 'Second'], found.configuration.map(each =>
      h('tr', {}, h('th', {scope: 'row'}, each.key), h('td', {class: 'long'}, each.first ?? '–'), h('td', {class: 'long'}, each.second ?? '–'))))],
    changed('Worse in the second', found.worse), changed('Better in the second', found.better));
}

function changed(title, examples) {
  return [h('h2', {}, `${title} (${count(examples.length)})`),
    examples.length === 0 ? h('p', {class: 'muted'}, 'None.') : examples.map(each => h('article', {class: 'example'},
      h('h3', {}, each.first.question),
      h('div', {class: 'beside'}, side('First', each.first), side('Second', each.second)),
      h('p', {class: 'muted'}, `${metricName(each.metric)} ${each.difference > 0 ? '+' : ''}${number(each.difference)}`)))];
}

function side(name, each) {
  return h('div', {}, h('p', {class: 'muted'}, name), h('p', {class: each.failure ? 'badly' : 'text'}, each.failure ?? each.answer ?? '–'));
}

