// The part of Monitoring that compares: alerts, drift, judged quality, what was declined and latency over time.
import {h, replace} from '../dom.js';
import {get, path, post} from '../api.js';
import {lineChart} from '../chart.js';
import {count, number, percent, several, time} from '../format.js';
import {confirmed, empty, field, state, table, toast, waiting, words} from '../parts.js';

const EVERY = 30_000;
const SPANS = [[24, 'a day'], [168, 'a week'], [720, 'a month'], [2160, 'three months']];
const NAMES = {
  questions: 'Questions', faithfulness: 'Faithfulness', answer_relevancy: 'Answer relevancy', context_relevancy: 'Context relevancy',
  declined: 'Declined', failed: 'Failed', thumbs_down: 'Thumbs down', latency: 'Latency',
};

/** Draws into a section until what it gives back is called. */
export function quality(section) {
  const alerts = h('section', {'aria-label': 'Alerts'}, waiting());
  const drift = h('section', {'aria-label': 'Drift'});
  const course = h('section', {'aria-label': 'Over time'});
  const span = h('select', {}, SPANS.map(([hours, name]) => h('option', {value: hours}, name)));
  span.value = 168;
  const distance = lineChart('How far the newest questions are from the baseline', 'questions since the baseline');
  const charts = {
    judged: lineChart('Judged quality', 'hours before now'),
    declined: lineChart('Share of questions declined or failed', 'hours before now'),
    latency: lineChart('Seconds until an answer was made and sent', 'hours before now'),
  };
  replace(section, alerts, drift, course);
  let timer;
  let left = false;
  const look = async () => {
    const report = await get(path('/api/monitoring', {hours: span.value}));
    replace(alerts, drawAlerts(report));
    replace(drift, drawDrift(report, distance, () => look().catch(told)));
    replace(course, drawCourse(report, charts, span));
  };
  const told = error => toast(error.message);
  const again = () => {
    if (left) return;
    timer = setTimeout(() => look().catch(() => {}).then(again), document.hidden ? 4 * EVERY : EVERY);
  };
  span.addEventListener('change', () => look().catch(told));
  const first = look().then(again);
  return {
    first,
    leave: () => {
      left = true;
      clearTimeout(timer);
    },
  };
}

function drawAlerts(report) {
  const open = report.alerts.filter(alert => !alert.mended);
  const mended = report.alerts.filter(alert => alert.mended);
  const told = report.channels.map(each => (each.channel === 'log' ? 'the log' : each.address)).join(', ');
  return [
    h('h2', {}, 'Alerts'),
    open.length === 0 && h('p', {}, state('nothing is wrong', 'good'), ' ', report.rules.length
      ? h('span', {class: 'muted'}, `${several(report.rules.length, 'rule is', 'rules are')} watched; ${told} would be told.`)
      : h('span', {class: 'muted'}, words('No rule is watched: `alerts.rules` in tandem.yaml holds none.'))),
    open.map(alert => h('div', {class: 'notice bad', role: 'alert'},
      h('p', {}, h('strong', {}, alert.sentence)),
      alert.look && h('p', {}, words(alert.look)),
      h('p', {class: 'muted'}, `${alert.rule}, since ${time(alert.fired)}. `, arrived(alert)))),
    mended.length > 0 && h('details', {}, h('summary', {}, several(mended.length, 'alert that is mended', 'alerts that are mended')),
      h('ul', {class: 'plain'}, mended.map(alert => h('li', {},
        h('p', {}, alert.sentence), h('p', {class: 'muted'}, `${alert.rule}, ${time(alert.fired)} to ${time(alert.mended)}. ${alert.mended_sentence ?? ''}`)))))];
}

function arrived(alert) {
  const failed = alert.deliveries.filter(each => each.trouble && each.state === 'fired');
  const told = alert.deliveries.filter(each => !each.trouble && each.state === 'fired').map(each => (each.channel === 'log' ? 'the log' : each.address));
  return [told.length > 0 && `Told: ${told.join(', ')}.`, failed.map(each => [' ', h('span', {}, words(each.trouble))])];
}

function shown(metric, value) {
  if (value === undefined || value === null) return '–';
  return metric === 'latency' ? `${number(value)} ms` : ['declined', 'failed', 'thumbs_down'].includes(metric) ? percent(value) : number(value);
}

function drawDrift(report, distance, look) {
  const title = h('h2', {}, 'Compared with the baseline');
  if (!report.drift) return [title, empty('Nothing is compared', 'Set `monitoring.drift: true` in tandem.yaml and serve again.')];
  const questions = report.metrics.find(each => each.metric === 'questions');
  if (report.metrics.every(each => !each.baseline)) {
    return [title, empty('There is no baseline yet',
      `The first questions that are answered from documents become what later ones are compared with: ${several(questions.missing, 'more is needed', 'more are needed')}.`,
      'Until then, rules with a fixed bound work all the same, such as `declined above 0.5 over 100` under `alerts.rules` in tandem.yaml.')];
  }
  distance.draw(questions.looks.length === 0 ? [] : [
    {name: 'newest questions', points: questions.looks.map(each => [each.observed, each.size])},
    {name: 'by chance', points: questions.looks.map(each => [each.observed, each.by_chance])}]);
  return [
    title,
    table('Metrics beside their baselines',
      ['Metric', 'State', {name: 'Now', number: true}, {name: 'Baseline', number: true}, {name: 'Chance explains it', number: true}, {name: 'Observed since', number: true}],
      report.metrics.map(each => row(each))),
    questions.baseline && [
      h('h3', {}, 'Questions'),
      distance.element,
      questions.drifting && report.unusual.length > 0 && [
        h('p', {class: 'muted'}, 'Of the newest questions, these are least like any of the baseline:'),
        h('ul', {}, report.unusual.map(each => h('li', {}, each.question)))]],
    h('p', {}, h('button', {type: 'button', onclick: () => rebase(look)}, 'Take the newest as the baseline'), ' ',
      h('span', {class: 'muted'}, `Now it is of ${time(questions.baseline?.time ?? report.metrics.find(each => each.baseline).baseline.time)}.`))];
}

function row(metric) {
  const name = h('th', {scope: 'row'}, NAMES[metric.metric] ?? metric.metric);
  if (!metric.baseline) {
    return h('tr', {}, name, h('td', {colspan: 5, class: 'muted'}, `No baseline yet: ${several(metric.missing, 'more observation is needed', 'more observations are needed')}.`));
  }
  const look = metric.looks.at(-1);
  const vectors = metric.metric === 'questions';
  return h('tr', {}, name,
    h('td', {}, !look ? state('too early') : metric.drifting ? state('drifting', 'bad') : state('as usual', 'good')),
    h('td', {class: 'number'}, !look ? '–' : vectors ? `distance ${number(look.size)}` : shown(metric.metric, look.mean)),
    h('td', {class: 'number'}, vectors ? `${count(metric.baseline.size)} ${metric.baseline.source === 'test_set' ? 'of the test set' : 'questions'}` : shown(metric.metric, metric.baseline.mean)),
    h('td', {class: 'number'}, look ? (look.p_value < 0.001 ? 'under 0.1 %' : percent(look.p_value)) : '–'),
    h('td', {class: 'number'}, count(metric.observed)));
}

async function rebase(look) {
  const yes = await confirmed('Take the newest as the baseline?',
    'What is asked and how it is answered now counts as usual from here on; drift until now is no longer told. The baseline before is not kept.', 'Take it');
  if (!yes) return;
  try {
    const taken = await post('/api/monitoring/baseline');
    const some = taken.metrics.filter(each => each.size > 0).length;
    toast(some ? `${several(some, 'metric has', 'metrics have')} a new baseline.` : 'Too little was observed for a new baseline.');
    await look();
  } catch (error) {
    toast(error.message);
  }
}

function drawCourse(report, charts, span) {
  const asked = report.periods.filter(each => each.answers > 0 || each.judged > 0);
  const head = h('div', {class: 'row'}, h('h2', {}, 'Over time'), field('Show', span));
  if (asked.length === 0) return [head, empty('Nothing was answered in this time', 'Choose a longer one, or ask something on the page Ask.')];
  const now = new Date(report.time).getTime();
  const line = (name, key, scale = 1) => ({
    name,
    points: asked.filter(each => each[key] !== undefined && each[key] !== null).map(each => [(new Date(each.from).getTime() - now) / 3_600_000, each[key] * scale]),
  });
  const drawn = (chart, lines) => chart.draw(lines.filter(each => each.points.length > 0));
  drawn(charts.judged, [line('faithfulness', 'faithfulness'), line('answer relevancy', 'answer_relevancy')]);
  drawn(charts.declined, [line('declined', 'declined'), line('failed', 'failed')]);
  drawn(charts.latency, [line('half within', 'latency', 0.001), line('95 % within', 'latency95', 0.001)]);
  const judged = report.judging.judged;
  return [
    head,
    h('p', {class: 'muted'}, `${several(asked.reduce((sum, each) => sum + each.answers, 0), 'answer', 'answers')}, ${several(judged, 'judged', 'judged')}.`),
    h('h3', {}, 'Judged quality'),
    judged > 0 ? charts.judged.element : h('p', {class: 'muted'}, words(report.judging.share > 0
      ? `Nothing was judged in this time. Of the answers from documents, ${percent(report.judging.share)} are, while no answer is being made.`
      : 'No answers are judged: `monitoring.judged` in tandem.yaml is 0.')),
    h('h3', {}, 'Declined and failed'), charts.declined.element,
    h('h3', {}, 'Latency in seconds'), charts.latency.element];
}
