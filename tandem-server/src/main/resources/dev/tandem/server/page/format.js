// Numbers and times as people read them, in the reader's own language.

const whole = new Intl.NumberFormat();
const short = new Intl.NumberFormat(undefined, {maximumSignificantDigits: 3});
const tiny = new Intl.NumberFormat(undefined, {maximumFractionDigits: 4});
const moment = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'short'});

export const count = number => whole.format(number);
/** With three digits; what is too small to matter beside a metric from 0 to 1 is not spelt out. */
export const number = value => (value === undefined || value === null || Number.isNaN(value) ? '–' : Math.abs(value) < 0.001 ? tiny.format(value) : short.format(value));

/** With three digits, however small. */
export const precise = value => short.format(value);
export const percent = share => (Number.isFinite(share) ? `${number(share * 100)} %` : '–');
export const time = instant => (instant ? moment.format(new Date(instant)) : '–');

/** One of two words by a count, with it. */
export const several = (amount, one, many) => `${count(amount)} ${amount === 1 ? one : many}`;

export function bytes(size) {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let rest = size;
  while (rest >= 1000 && unit < units.length - 1) {
    rest /= 1000;
    unit++;
  }
  return `${number(rest)} ${units[unit]}`;
}

export function duration(seconds) {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 1) return `${number(seconds * 1000)} ms`;
  if (seconds < 90) return `${number(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${number(seconds / 3600)} h`;
}

const METRICS = {f1: 'F1', mrr: 'MRR', map: 'MAP', bleu: 'BLEU', rougel: 'ROUGE-L', chrf: 'chrF'};

/** A metric as people call it, by its name in the API. */
export function metricName(name) {
  const words = name.replaceAll('_', ' ').replace('ndcg', 'nDCG');
  return METRICS[name.toLowerCase()] ?? (words.startsWith('nDCG') ? words : words[0].toUpperCase() + words.slice(1));
}
