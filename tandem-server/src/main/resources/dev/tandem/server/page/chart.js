// Charts as SVG: colours come from the style sheet, values are told in words beside them.
import {h, replace, svg} from './dom.js';
import {number, precise} from './format.js';

const HEIGHT = 260;
const LEFT = 52;
const BOTTOM = 26;
const TOP = 10;
const RIGHT = 24;

/** What a chart has around it: padding and edge. */
const FRAME = 28;
const WIDEST = 1180;

/** As wide as there is room, so that a unit is a pixel and words are as large as all others. Kept, since asking has all be laid out. */
let width;
function room() {
  if (width === undefined) {
    const main = document.getElementById('main');
    width = Math.max(260, Math.min(WIDEST, main.clientWidth - 2 * parseFloat(getComputedStyle(main).paddingLeft)) - FRAME);
  }
  return width;
}
addEventListener('resize', () => { width = undefined; });

/**
 * Lines over a common axis, which may grow; each is drawn with at most four points a pixel.
 *
 * @param {string} label what is shown, for those who do not see it
 * @param {string} across what the axis counts
 */
export function lineChart(label, across) {
  const element = h('figure', {class: 'chart'});
  return {
    element,
    /**
     * @param {{name: string, points: number[][]}[]} lines points of place and value, and of the ends of an interval where there is one
     * @param {string[]?} names what stands at the places 1, 2, 3…, where they are no amounts
     */
    draw(lines, names) {
      const all = lines.flatMap(line => line.points);
      if (all.length === 0) {
        replace(element, h('p', {class: 'muted'}, 'Nothing measured yet.'));
        return;
      }
      let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
      for (const [x, y, from = y, to = y] of all) {
        left = Math.min(left, x);
        right = Math.max(right, x);
        low = Math.min(low, from);
        high = Math.max(high, to);
      }
      if (names) [left, right] = [0.5, names.length + 0.5];
      const width = room();
      const ys = ticks(low, high);
      const xs = names ? spread(names, width) : ticks(left, right).filter(tick => tick >= left && tick <= right).map(tick => [tick, precise(tick)]);
      const x = scale(left, right, LEFT, width - RIGHT);
      const y = scale(ys[0], ys.at(-1), HEIGHT - BOTTOM, TOP);
      replace(element,
        svg('svg', {viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: 'img', 'aria-label': `${label}: ${told(lines)}`},
          ys.map(tick => [line(LEFT, y(tick), width - RIGHT, y(tick), 'grid'), text(LEFT - 8, y(tick) + 4, precise(tick), 'end')]),
          xs.map(([place, words]) => text(x(place), HEIGHT - BOTTOM + 18, words, 'middle')),
          lines.map((each, index) => each.points.filter(([, , from]) => from !== undefined)
            .map(([px, , from, to]) => line(x(px), y(from), x(px), y(to), `interval line-${index}`))),
          lines.map((each, index) => svg('path', {class: `line line-${index}`, d: way(thinned(each.points, x, width), x, y)})),
          lines.map((each, index) => each.points.length < 40 && each.points.map(([px, py]) =>
            svg('circle', {class: `dot line-${index}`, cx: x(px), cy: y(py), r: names ? 4 : 2.5}, names && svg('title', {}, `${names[px - 1]}: ${number(py)}`))))),
        h('figcaption', {class: 'legend'}, lines.map((each, index) => h('span', {class: `key line-${index}`}, each.name)), h('span', {}, `by ${across}`)));
    },
  };
}

/** As many of the names as there is room for. */
function spread(names, width) {
  const each = (width - LEFT - RIGHT) / names.length;
  const every = Math.ceil(70 / each);
  return names.map((name, index) => [index + 1, clipped(name, Math.floor((every * each) / 7.5))]).filter((_, index) => index % every === 0);
}

const told = lines => lines.filter(line => line.points.length)
  .map(line => `${line.name} from ${number(line.points[0][1])} to ${number(line.points.at(-1)[1])}`).join(', ');

function way(points, x, y) {
  return points.map(([px, py], i) => `${i ? 'L' : 'M'}${x(px).toFixed(1)} ${y(py).toFixed(1)}`).join('');
}

/** Of many points in a pixel the first, the lowest, the highest and the last: the line looks the same. */
function thinned(points, x, width) {
  if (points.length < 2 * width) return points;
  const kept = [];
  let column = [];
  const end = () => {
    if (column.length === 0) return;
    const byHeight = [...column].sort((a, b) => a[1] - b[1]);
    kept.push(...[...new Set([column[0], byHeight[0], byHeight.at(-1), column.at(-1)])].sort((a, b) => a[0] - b[0]));
    column = [];
  };
  let at;
  for (const point of points) {
    const pixel = Math.floor(x(point[0]));
    if (pixel !== at) end();
    at = pixel;
    column.push(point);
  }
  end();
  return kept;
}

/**
 * Values with their intervals, one under the other.
 *
 * @param {{name: string, value: number, low?: number, high?: number, strong?: boolean}[]} rows
 * @param {{zero?: boolean}} options whether nought is marked, for differences
 */
export function intervalChart(label, rows, {zero = false} = {}) {
  const top = 8;
  const step = 34;
  const width = room();
  const names = Math.min(190, width * 0.32);
  const height = top + rows.length * step + 26;
  const values = rows.flatMap(row => [row.low ?? row.value, row.high ?? row.value]).concat(zero ? [0] : []);
  const marks = ticks(Math.min(...values), Math.max(...values));
  const x = scale(marks[0], marks.at(-1), names, width - 60);
  return h('figure', {class: 'chart'}, svg('svg', {
    viewBox: `0 0 ${width} ${height}`, width, height, role: 'img',
    'aria-label': `${label}: ${rows.map(row => `${row.name} ${number(row.value)}${row.low === undefined ? '' : ` (${number(row.low)} to ${number(row.high)})`}`).join(', ')}`,
  },
    marks.map(tick => [line(x(tick), top, x(tick), height - 22, tick === 0 && zero ? 'axis' : 'grid'), text(x(tick), height - 6, number(tick), 'middle')]),
    rows.map((row, index) => {
      const y = top + step * (index + 0.5);
      return svg('g', {class: row.strong ? 'strong' : undefined},
        text(names - 14, y + 4, clipped(row.name, (names - 14) / 7.8), 'end'),
        row.low !== undefined && line(x(row.low), y, x(row.high), y, 'whisker'),
        svg('circle', {class: 'value', cx: x(row.value), cy: y, r: 5}),
        text(width - 6, y + 4, number(row.value), 'end'));
    })));
}

const clipped = (name, most) => (name.length > most ? `${name.slice(0, most - 1)}…` : name);

/** Round numbers from below the least to above the greatest value. */
function ticks(low, high) {
  const span = high - low || Math.abs(high) || 1;
  const raw = span / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].find(factor => factor * power >= raw) * power;
  const found = [];
  // A hair off, so that a value on a mark begins no further one: 0.7 / 0.1 is a little under 7.
  for (let i = Math.floor(low / step + 1e-9); i <= Math.ceil(high / step - 1e-9); i++) found.push(Number((i * step).toPrecision(12)));
  return found.length > 1 ? found : [found[0], found[0] + step];
}

const scale = (from, to, start, end) => value => start + ((value - from) / (to - from || 1)) * (end - start);
const line = (x1, y1, x2, y2, kind) => svg('line', {x1, y1, x2, y2, class: kind});
const text = (x, y, words, anchor) => svg('text', {x, y, 'text-anchor': anchor}, words);
