// Rows a second over the last minutes, as far as the page has seen them.
import { ago, count, duration, rate } from './words.js';
import { $, draw, make, text } from './elements.js';

const histories = new Map();
const span = 300_000;
const plot = (() => {
  const title = draw('title', {});
  const line = draw('path', { class: 'line' });
  const svg = draw('svg', { role: 'img', viewBox: '0 0 300 100', preserveAspectRatio: 'none' }, title, draw('path', { class: 'rule', d: 'M0 .5H300M0 50H300M0 99.5H300' }), line);
  const [top, middle] = [make('span', 'top'), make('span', 'middle')];
  $('history').append(make('div', 'plot', svg), make('div', 'scale', top, middle, make('span', 'zero', '0')), make('div', 'times', make('span', '', '5 min ago'), make('span', '', 'now')));
  return { title, line, top, middle };
})();

export function remember(pipeline, now) {
  const at = Date.parse(now);
  const history = histories.get(pipeline.name) ?? [];
  histories.set(pipeline.name, [...history.filter(point => point.at > at - span && point.at < at), { at, rate: pipeline.stages[0]?.rowsPerSecond ?? 0 }]);
}

// 1, 2 or 5 times a power of ten: the scale stays while the rate swings.
function ceiling(number) {
  const power = 10 ** Math.floor(Math.log10(Math.max(10, number)));
  return [1, 2, 5, 10].map(factor => factor * power).find(value => value >= number);
}

export function showRate(pipeline) {
  const history = histories.get(pipeline.name);
  const rates = history.map(point => point.rate);
  const now = history.at(-1);
  const top = ceiling(Math.max(...rates));
  // A gap in the events is a gap in the line.
  const path = history.map(({ at, rate }, index) => {
    const start = index === 0 || at - history[index - 1].at > 4000;
    return `${start ? 'M' : 'L'}${(300 + (at - now.at) / span * 300).toFixed(2)} ${(99 - rate / top * 98).toFixed(2)}`;
  }).join('');
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  text($('rate'), `${rate(now.rate)} rows/s`);
  text($('rate-range'), history.length < 2 ? '' : `mean ${rate(mean)}, peak ${rate(Math.max(...rates))} in ${duration((now.at - history[0].at) / 1000)} seen`);
  plot.line.setAttribute('d', path);
  text(plot.top, count(top));
  text(plot.middle, count(top / 2));
  text(plot.title, `Rows read a second over the last five minutes: now ${rate(now.rate)}, mean ${rate(mean)}, peak ${rate(Math.max(...rates))}`);
}
