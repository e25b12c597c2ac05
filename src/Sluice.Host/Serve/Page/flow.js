// The flow as it is configured, and what it does now.
import { count, percent, rate } from './words.js';
import { $, draw, list, make, makeBar, text } from './elements.js';

export const stageList = $('flow').querySelector('ol');
const pipes = draw('svg', { class: 'pipes', 'aria-hidden': 'true' });
$('flow').append(pipes);
let fills = [];

const waits = { nothing: 'at work', rows: 'waits for rows', room: 'waits for room', endpoint: 'waits for reply', input: 'waits for input' };

function makeGauge(label) {
  const gauge = { bar: makeBar(), value: make('b', '') };
  gauge.node = make('span', `gauge ${label}`, make('span', '', label), gauge.bar.node, gauge.value);
  return gauge;
}

function makeStage() {
  const view = {
    name: make('strong', ''), workers: make('span', 'workers'), rate: make('b', ''), rows: make('span', 'rows'), busy: makeGauge('busy'), queue: makeGauge('queue'), waits: make('span', 'waits'),
    narrow: make('span', 'narrow', 'bottleneck'),
  };
  view.node = make('li', 'stage',
    make('span', 'stage-name', view.name, view.workers),
    make('span', 'stage-rate', view.rate, ' rows/s'),
    view.rows, view.busy.node, view.queue.node, view.waits, view.narrow);
  return view;
}

function showStage(view, stage, bottleneck) {
  const full = stage.queueBound > 0 && stage.queue >= stage.queueBound;
  const narrow = bottleneck?.name === stage.name;
  text(view.name, stage.name);
  text(view.workers, `${stage.atWork}/${stage.workers}`);
  text(view.rate, rate(stage.rowsPerSecond));
  text(view.rows, `${count(stage.rows)} rows`);
  view.busy.bar.set(stage.busyShare, narrow);
  text(view.busy.value, percent(stage.busyShare));
  view.queue.bar.set(stage.queueBound > 0 ? stage.queue / stage.queueBound : 0, full);
  text(view.queue.value, stage.queueBound > 0 ? `${stage.queue}/${stage.queueBound}` : 'none');
  text(view.waits, waits[stage.waitsFor] ?? stage.waitsFor);
  view.narrow.hidden = !narrow;
  view.node.classList.toggle('narrowest', narrow);
  view.node.classList.toggle('at-work', stage.waitsFor === 'nothing');
}

export function showFlow(pipeline) {
  const { stages, bottleneck } = pipeline;
  const shape = stages.map(stage => stage.name).join(' ');
  list(stageList, stages, stage => stage.name, makeStage, (view, stage) => showStage(view, stage, bottleneck));
  if (stageList.dataset.shape !== shape) {
    stageList.dataset.shape = shape;
    layFlow();
  }

  stages.slice(1).forEach(({ queue, queueBound }, index) => {
    fills[index].setAttribute('stroke-dasharray', `${queueBound > 0 ? Math.min(100, 100 * queue / queueBound) : 0} 200`);
    fills[index].classList.toggle('pressed', queueBound > 0 && queue >= queueBound);
  });
  text($('bottleneck'), bottleneck?.name ?? '');
  text($('verdict'), verdict(pipeline));
}

function verdict({ bottleneck, stages, phase }) {
  if (!bottleneck) {
    return phase ? 'No stage stands out at the moment.' : 'Nothing is under way, so nothing holds the flow back.';
  }

  const at = stages.findIndex(stage => stage.name === bottleneck.name);
  const { queue, queueBound, waitsFor, workers } = stages[at] ?? {};
  const [before, after] = [stages.slice(0, Math.max(0, at)), stages.slice(at + 1)];
  const waiting = (those, what) => `${those.filter(stage => stage.waitsFor === what).length} of ${those.length} stages`;
  // Numbers rather than names of stages: they keep their length while waits come and go.
  return [
    ` holds the flow back: ${waitsFor === 'endpoint' ? 'it waits for its endpoint and was' : workers > 1 ? `its ${workers} workers are` : 'it is'} at work ${percent(bottleneck.busyShare)} of the time`,
    queueBound > 0 ? `, ${queue} of ${queueBound} batches wait before it` : '', '.',
    before.length > 0 ? ` ${waiting(before, 'room')} before it wait for room.` : '',
    after.length > 0 ? ` ${waiting(after, 'rows')} after it wait for rows.` : '',
  ].join('');
}

// Rows of about equal length, and a pipe from each stage to the next, around the bend too.
export function layFlow() {
  const stages = [...stageList.children];
  const across = Math.max(1, Math.floor((stageList.clientWidth + 8) / 164));
  const rows = Math.ceil(stages.length / across);
  stageList.style.setProperty('--across', across < 3 ? 1 : Math.ceil(stages.length / rows));
  stageList.classList.toggle('upright', across < 3);
  const box = node => ({ left: node.offsetLeft, right: node.offsetLeft + node.offsetWidth, top: node.offsetTop, bottom: node.offsetTop + node.offsetHeight, middle: node.offsetTop + 34 });
  const boxes = stages.map(box);
  const paths = boxes.slice(1).map((to, index) => pipe(boxes[index], to, across < 3));
  fills = paths.map(path => draw('path', { class: 'full', d: path, pathLength: 100, 'stroke-dasharray': '0 200' }));
  pipes.replaceChildren(...paths.flatMap((path, index) => [draw('path', { class: 'pipe', d: path }), fills[index]]));
}

// From the later stage back to the earlier, so that a pipe fills from where its batches wait.
function pipe(from, to, upright) {
  if (upright) {
    return `M${to.left + 24} ${to.top}V${from.bottom}`;
  }

  const bend = (from.bottom + to.top) / 2;
  return to.top === from.top ? `M${to.left} ${to.middle}H${from.right}`
    : `M${to.left} ${to.middle}H${to.left - 12}V${bend}H${from.right + 12}V${from.middle}H${from.right}`;
}
