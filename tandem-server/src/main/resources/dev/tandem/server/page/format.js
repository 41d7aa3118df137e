// Numbers and times as people read them, in the reader's own language.

const whole = new Intl.NumberFormat();
const short = new Intl.NumberFormat(undefined, {maximumSignificantDigits: 3});
const moment = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'short'});

export const count = number => whole.format(number);
export const number = value => (value === undefined || value === null || Number.isNaN(value) ? '–' : short.format(value));
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
