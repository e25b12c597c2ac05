// The pool, its rejects, the bounds and the runs.
import { bytes, count, duration, moment, percent, some, tenth } from './words.js';
import { $, list, make, makeBar, text } from './elements.js';

// ---- Pool ----

const terms = ['read', 'annotated', 'duplicate', 'rejected'].map((name, index) => {
  const value = make('b', '');
  const sign = make('span', 'sign', ['', '=', '+', '+'][index]);
  $('equation').append(make('span', 'term', sign, make('span', '', value, make('small', '', name))));
  return { value, sign };
});
const parts = ['annotated', 'exact', 'near', 'rejected'].map(name => {
  const [node, said] = [make('span', `part ${name}`), make('span', '')];
  $('parts').append(node);
  $('part-list').append(make('span', '', make('b', `key ${name}`), said));
  return { node, said };
});

export function showPool({ counts }) {
  const { read, annotated, exact, near, rejected, segments } = counts;
  const off = read - annotated - exact - near - rejected;
  [read, annotated, exact + near, rejected].forEach((number, index) => text(terms[index].value, count(number)));
  text(terms[1].sign, off === 0 ? '=' : '≠');
  const share = number => read > 0 ? `${tenth.format(100 * number / read)}\u00a0% ` : '';
  [`${share(annotated)}annotated`, `${count(exact)} exact`, `${count(near)} near`, `${share(rejected)}rejected`].forEach((said, index) => text(parts[index].said, said));
  [annotated, exact, near, rejected].forEach((number, index) => parts[index].node.style.setProperty('flex-grow', number));
  text($('pool-detail'), off === 0 ? `In ${some(segments, 'segment')}` : `This does not add up by ${count(off)}. In ${some(segments, 'segment')}`);
  $('pool-detail').classList.toggle('bad', off !== 0);
}

// ---- Rejects ----

function makeReject() {
  const view = { reason: make('span', 'reason'), count: make('b', 'number'), samples: make('ul', 'samples') };
  view.node = make('details', '', make('summary', '', view.reason, view.count), view.samples);
  return view;
}

function makeSample() {
  const view = { id: make('span', 'soft'), excerpt: make('code', '') };
  view.node = make('li', '', view.id, view.excerpt);
  return view;
}

export function showRejects({ name, rejects, counts }) {
  const sorted = rejects.toSorted((one, other) => other.count - one.count);
  list($('reject-list'), sorted, reject => `${name}\n${reject.reason}`, makeReject, (view, reject) => {
    text(view.reason, reject.reason);
    text(view.count, count(reject.count));
    list(view.samples, reject.samples, sample => sample.id, makeSample, (row, sample) => {
      text(row.id, sample.id);
      text(row.excerpt, sample.excerpt);
    });
  });
  const others = counts.rejected - rejects.reduce((sum, reject) => sum + reject.count, 0);
  text($('rejects-none'), counts.rejected === 0 ? 'No row was rejected.' : others > 0 ? `${some(others, 'more row')} for reasons not listed here.` : '');
}

// ---- Bounds ----

function makeBound() {
  const view = { name: make('dt', ''), bar: makeBar(), value: make('b', ''), more: make('small', '') };
  view.node = make('div', 'bound', view.name, make('dd', '', view.bar.node, view.value, view.more));
  return view;
}

export function showBounds({ machine }, { flowBounds, inbox, disk }) {
  const bounds = [
    ['Processors', machine.cpuShare, `${percent(machine.cpuShare)} of ${machine.processors}`],
    ['Memory', machine.residentBytes / machine.memoryBytes, `${bytes(machine.residentBytes)} of ${bytes(machine.memoryBytes)}`],
    ['Rows in flight', flowBounds.rows / flowBounds.maxRows, `${count(flowBounds.rows)} of ${count(flowBounds.maxRows)}`],
    ['Bytes in flight', flowBounds.bytes / flowBounds.maxBytes, `${bytes(flowBounds.bytes)} of ${bytes(flowBounds.maxBytes)}`],
    ['HTTP inbox', inbox.bytes / inbox.boundBytes, `${bytes(inbox.bytes)} of ${bytes(inbox.boundBytes)}`, `${some(inbox.requests, 'request')} in it, ${count(inbox.refused)} refused; ${count(inbox.rowsAccepted)} rows accepted`],
    // There is no upper bound of the disk: what fills is the way down to what must stay free.
    ['Disk', disk.minFreeBytes / disk.freeBytes, `${bytes(disk.freeBytes)} free`, `${bytes(disk.minFreeBytes)} must stay free; the pool takes ${bytes(disk.poolBytes)}`],
  ];
  list($('bound-list'), bounds, ([name]) => name, makeBound, (view, [name, share, value, more]) => {
    text(view.name, name);
    view.bar.set(share, share >= 0.9 && name !== 'Processors');
    text(view.value, value);
    text(view.more, more ?? '');
  });
}

// ---- Runs ----

const fewRuns = 8;
let allRuns = false;
const triggers = { ingest: 'after ingestion', schedule: 'on schedule', request: 'on request' };

function makeRun() {
  const view = { at: make('time', ''), kind: make('span', ''), trigger: make('small', ''), rows: make('td', 'number'), seconds: make('td', 'number'), text: make('td', 'result') };
  view.node = make('tr', '', make('td', 'at', view.at), make('td', 'kind', view.kind, view.trigger), view.rows, view.seconds, view.text);
  view.node.setAttribute('role', 'row');
  for (const cell of view.node.cells) {
    cell.setAttribute('role', 'cell');
  }

  return view;
}

export function showRuns({ name, runs }, now) {
  $('run-table').hidden = runs.length === 0;
  $('runs-none').hidden = runs.length > 0;
  list($('run-table').tBodies[0], allRuns ? runs : runs.slice(0, fewRuns), run => `${name}\n${run.kind}\n${run.startedAt}`, makeRun, (view, run) => {
    view.at.dateTime = view.at.title = run.startedAt;
    text(view.at, moment(run.startedAt, now));
    text(view.kind, `${run.kind === 'ingest' ? 'ingestion' : run.kind}${run.ok ? '' : ' failed'}`);
    text(view.trigger, run.trigger ? triggers[run.trigger] ?? run.trigger : '');
    text(view.rows, count(run.rows));
    text(view.seconds, duration(run.seconds));
    text(view.text, run.text);
    view.node.classList.toggle('failed', !run.ok);
  });
  $('more-runs').hidden = runs.length <= fewRuns;
  text($('more-runs'), allRuns ? `Show the newest ${fewRuns}` : `Show all ${runs.length}`);
  $('more-runs').setAttribute('aria-expanded', String(allRuns));
}

/** Shows all runs, or few again. */
export function toggleRuns() {
  allRuns = !allRuns;
}
