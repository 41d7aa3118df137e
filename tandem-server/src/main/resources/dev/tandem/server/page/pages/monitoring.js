// How the server does: answers, latency, what was declined, and what people thought.
import {h, replace} from '../dom.js';
import {get, getText, path, post} from '../api.js';
import {lineChart} from '../chart.js';
import {bytes, count, duration, number, percent, several, time} from '../format.js';
import {empty, heading, state, table, toast, trouble, waiting} from '../parts.js';
import {quality} from './quality.js';
import {card} from './training.js';

const EVERY = 5_000;
const AT_ONCE = 50;

export function monitoring(page) {
  const standing = h('section', {'aria-label': 'Workspace'}, waiting());
  const compared = h('div', {class: 'quality'});
  const numbers = h('section', {'aria-label': 'Answers'});
  const opinions = h('section', {'aria-label': 'Feedback'});
  const rate = lineChart('Answers a minute since this page was opened', 'minutes since then');
  const seen = [];
  page.append(heading('Monitoring', 'What the server does and how well.'), standing, compared, numbers, opinions);
  let timer;
  let left = false;
  const look = async () => {
    await Promise.all([
      status().then(shown => replace(standing, shown), error => replace(standing, trouble(error, look))),
      metrics(seen, rate).then(shown => replace(numbers, shown), error => replace(numbers, h('h2', {}, 'Answers'), trouble(error))),
    ]);
    if (!left) timer = setTimeout(look, document.hidden ? 4 * EVERY : EVERY);
  };
  look();
  const watched = quality(compared);
  watched.first.catch(error => replace(compared, h('h2', {}, 'Quality'), trouble(error)));
  feedback(opinions).catch(error => replace(opinions, h('h2', {}, 'Feedback'), trouble(error)));
  return () => {
    left = true;
    watched.leave();
    clearTimeout(timer);
  };
}

async function status() {
  const now = await get('/api/status');
  return [
    now.stale && h('div', {class: 'notice warn'}, h('p', {},
      `The documents have changed since they were read (${several(now.changed, 'file', 'files')} changed, ${now.missing} gone): `, h('a', {href: '#/documents'}, 'look for changes'), '.')),
    h('div', {class: 'cards'},
      card('Documents', count(now.documents)), card('Passages', count(now.passages)), card('Size', bytes(now.size)),
      card('Last read', time(now.last_ingest)), card('Waiting now', count(now.waiting)), card('Running for', duration(now.uptime_seconds)))];
}

/** Samples of Prometheus's text form: name, labels, value. */
export function samples(text) {
  return text.split('\n').filter(line => line && !line.startsWith('#')).map(line => {
    const [, name, labels = '', value] = /^([\w:]+)(?:\{(.*)\})? (\S+)/.exec(line) ?? [];
    return {name, labels: Object.fromEntries([...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(found => [found[1], found[2]])), value: Number(value.replace('+Inf', 'Infinity'))};
  });
}

/** A quantile from the buckets of a histogram, even within a bucket, as Prometheus reckons it. */
export function quantile(share, buckets) {
  const sorted = [...buckets].sort((a, b) => a.upTo - b.upTo);
  const all = sorted.at(-1)?.count ?? 0;
  if (all === 0) return NaN;
  let before = {upTo: 0, count: 0};
  for (const bucket of sorted) {
    if (bucket.count >= share * all) {
      if (bucket.upTo === Infinity) return before.upTo;
      return before.upTo + (bucket.upTo - before.upTo) * ((share * all - before.count) / (bucket.count - before.count || 1));
    }
    before = bucket;
  }
  return before.upTo;
}

async function metrics(seen, rate) {
  const all = samples(await getText('/metrics'));
  const answers = all.filter(each => each.name === 'tandem_answers_total');
  const sum = test => answers.filter(test).reduce((total, each) => total + each.value, 0);
  const made = sum(each => ['answered', 'declined'].includes(each.labels.outcome));
  seen.push({at: Date.now(), made: sum(() => true)});
  if (seen.length > 2000) seen.shift();
  rate.draw([{name: 'answers a minute', points: seen.slice(1).map((each, i) => [(each.at - seen[0].at) / 60_000, (each.made - seen[i].made) / ((each.at - seen[i].at) / 60_000)])}]);
  const models = [...new Set(answers.map(each => each.labels.model))].sort();
  if (models.length === 0) return [h('h2', {}, 'Answers'), empty('Nothing was asked yet', 'Since the server was started. Numbers appear with the first question.')];
  const of = (model, outcome) => sum(each => each.labels.model === model && each.labels.outcome === outcome);
  const times = (name, model, share) => duration(quantile(share, all
    .filter(each => each.name === `${name}_seconds_bucket` && each.labels.model === model)
    .map(each => ({upTo: Number(each.labels.le.replace('+Inf', 'Infinity')), count: each.value}))));
  return [
    h('h2', {}, 'Answers since the server was started'),
    h('div', {class: 'cards'},
      card('Answers', count(made)), card('Declined', percent(sum(each => each.labels.outcome === 'declined') / made)),
      card('Failed', count(sum(each => each.labels.outcome === 'failed'))), card('Errors', count(all.filter(each => each.name === 'tandem_errors_total').reduce((total, each) => total + each.value, 0)))),
    table('Answers by model', ['Model', {name: 'Answered', number: true}, {name: 'Declined', number: true}, {name: 'Half within', number: true}, {name: '95 % within', number: true}, {name: 'First word, half within', number: true}],
      models.map(model => h('tr', {}, h('th', {scope: 'row'}, model), h('td', {class: 'number'}, count(of(model, 'answered'))), h('td', {class: 'number'}, count(of(model, 'declined'))),
        h('td', {class: 'number'}, times('tandem_answer', model, 0.5)), h('td', {class: 'number'}, times('tandem_answer', model, 0.95)), h('td', {class: 'number'}, times('tandem_answer_first_token', model, 0.5))))),
    h('h3', {}, 'Answers a minute, since this page was opened'), rate.element];
}

async function feedback(section) {
  const found = [];
  let total = 0;
  const more = async () => {
    const next = await get(path('/api/feedback', {offset: found.length, count: AT_ONCE}));
    found.push(...next.feedback);
    total = next.total;
    draw();
  };
  const draw = () => replace(section, h('h2', {}, 'Feedback'),
    total === 0
      ? empty('No feedback yet', 'Thumbs under an answer bring it here, with the whole answer. From here it becomes a test question or a training example.')
      : [h('p', {class: 'muted'}, `${several(total, 'opinion', 'opinions')}, ${percent(found.filter(each => each.rating === 'up').length / found.length)} of those shown say “right”.`),
        found.map(opinion)],
    found.length < total && h('button', {type: 'button', onclick: more}, 'Show more'));
  await more();
}

function opinion(each) {
  const asked = each.context.messages.findLast(message => message.role === 'user')?.content ?? '';
  const made = h('div', {class: 'actions'});
  const drawMade = () => replace(made,
    each.test_case ? state(`test question ${each.test_case}`, 'good') : h('button', {type: 'button', onclick: () => make('test-case', reply => { each.test_case = reply.test_case; })}, 'Make a test question'),
    each.training_example ? state('training example', 'good') : h('button', {type: 'button', onclick: () => make('training-example', () => { each.training_example = true; })}, 'Make a training example'));
  const make = async (what, took) => {
    try {
      took(await post(`/api/feedback/${each.id}/${what}`));
      drawMade();
    } catch (error) {
      toast(error.message);
    }
  };
  drawMade();
  return h('article', {class: 'example'},
    h('p', {}, state(each.rating === 'up' ? 'right' : 'not right', each.rating === 'up' ? 'good' : 'bad'), ' ', h('span', {class: 'muted'}, `${each.caller}, ${time(each.time)}, ${each.context.model}, ${number(each.context.milliseconds)} ms`)),
    h('h3', {}, asked), h('p', {class: 'text'}, each.context.answer),
    each.reasons.length > 0 && h('p', {class: 'muted'}, each.reasons.join(', ')),
    each.correction && h('p', {class: 'text'}, h('strong', {}, 'Should be: '), each.correction),
    each.comment && h('p', {class: 'text'}, each.comment), made);
}
