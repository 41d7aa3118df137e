// What the last comparison found, and the newest run of each approach on its test set.
import {h, replace} from '../dom.js';
import {get} from '../api.js';
import {intervalChart} from '../chart.js';
import {metricName, number, time} from '../format.js';
import {empty, field, heading, table, trouble, waiting} from '../parts.js';
import {metricNames, overall} from './runs.js';

export function compare(page) {
  const leaving = new AbortController();
  const body = h('div', {}, waiting());
  page.append(heading('Compare', 'Documents, tuning, both or neither: which answers best, beyond chance.'), body);
  const load = () => show(body, leaving.signal).catch(error => {
    if (error.name === 'AbortError') return;
    replace(body, error.code === 'comparison_not_found'
      ? empty('Nothing was compared yet', 'With a test set and documents, `tandem compare` asks every approach and gives a verdict with its evidence.')
      : trouble(error, load));
  });
  load();
  return () => leaving.abort();
}

async function show(body, signal) {
  const verdict = await get('/api/comparison', signal);
  const all = (await get('/api/runs?count=500', signal)).runs;
  const runs = newest(all.filter(run => run.finished && run.test_set_hash === verdict.test_set_hash));
  const names = metricNames(runs);
  const metric = h('select', {onchange: () => draw()}, names.map(name => h('option', {value: name}, metricName(name))));
  const chart = h('div', {class: 'stack'});
  const draw = () => {
    const rows = runs.map(run => [run, overall(run, metric.value)]).filter(([, found]) => found);
    replace(chart,
      intervalChart(metricName(metric.value), rows.map(([run, found]) => ({
        name: run.strategy, value: found.value, low: found.low, high: found.high, strong: run.strategy === (verdict.winner ?? verdict.best_guess),
      }))),
      table('Approaches', ['Approach', {name: metricName(metric.value), number: true}, '95% interval', {name: 'Questions', number: true}, 'Run'], rows.map(([run, found]) => h('tr', {},
        h('th', {scope: 'row'}, run.strategy), h('td', {class: 'number'}, number(found.value)),
        h('td', {}, found.low === undefined ? '–' : `${number(found.low)} to ${number(found.high)}`), h('td', {class: 'number'}, String(found.examples)),
        h('td', {}, h('a', {href: `#/runs/${encodeURIComponent(run.id)}`}, run.id.slice(0, 12)))))));
  };
  replace(body,
    h('section', {class: 'verdict'},
      h('p', {class: 'muted'}, verdict.winner ? 'The best approach' : 'No approach is better beyond chance; the best guess'),
      h('p', {class: 'figure'}, verdict.winner ?? verdict.best_guess),
      h('p', {}, verdict.sentence),
      h('p', {class: 'muted'}, `${verdict.test_set.split('/').at(-1)}, ${time(verdict.time)}`)),
    names.length > 0
      ? [h('div', {class: 'row'}, field('Metric', metric)), chart]
      : h('p', {class: 'muted'}, 'The runs of this comparison are not in the store any more: compare anew with ', h('code', {}, 'tandem compare'), '.'));
  if (names.length > 0) draw();
}

/** The newest run of each approach; they come the newest first. */
function newest(runs) {
  const found = new Map();
  runs.forEach(run => found.has(run.strategy) || found.set(run.strategy, run));
  return [...found.values()];
}
