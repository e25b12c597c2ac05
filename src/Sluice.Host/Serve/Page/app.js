// The dashboard of `sluice serve`: follows /api/events and draws the chosen pipeline.
// It is one file because, while a token is asked for, only the page's own four paths are open: a second module could not be loaded.
// What the service sends may quote rows of strangers, so it reaches the page as text nodes only.

const $ = id => document.getElementById(id);

// ---- Words ----

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const clockTime = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const dayTime = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

const count = number => whole.format(number);
const some = (number, noun, nouns = `${noun}s`) => `${count(number)} ${number === 1 ? noun : nouns}`;
const percent = share => `${Math.round(share * 100)}\u00a0%`;
const rate = number => number > 0 && number < 10 ? tenth.format(number) : count(number);
const named = names => names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

function bytes(number) {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  for (; number >= 1024 && unit < units.length - 1; unit++) {
    number /= 1024;
  }

  return `${unit > 0 && number < 10 ? tenth.format(number) : count(number)} ${units[unit]}`;
}

function duration(seconds) {
  if (seconds < 9.95) {
    return `${tenth.format(seconds)} s`;
  }

  const all = Math.round(seconds);
  const [days, hours, minutes] = [Math.floor(all / 86400), Math.floor(all / 3600) % 24, Math.floor(all / 60) % 60];
  return days > 0 ? `${days} d ${hours} h` : all >= 3600 ? `${hours} h ${minutes} min` : all >= 60 ? `${minutes} min ${all % 60} s` : `${all} s`;
}

// The server's clock on both sides, as the reader's may differ.
function ago(then, now) {
  const seconds = Math.max(0, (Date.parse(now) - Date.parse(then)) / 1000);
  return seconds < 60 ? 'less than a minute ago' : `${seconds < 3600 ? `${Math.floor(seconds / 60)} min` : duration(Math.floor(seconds / 60) * 60)} ago`;
}

function moment(then, now) {
  const date = new Date(then);
  return date.toDateString() === new Date(now).toDateString() ? clockTime.format(date) : dayTime.format(date);
}

// ---- Elements ----

function make(tag, className, ...children) {
  const node = document.createElement(tag);
  node.className = className;
  node.append(...children);
  return node;
}

function draw(tag, attributes, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, value);
  }

  node.append(...children);
  return node;
}

// Untouched where nothing changed: a selection of text survives, and screen readers hear changes only.
function text(node, value) {
  if (node.textContent !== value) {
    node.textContent = value;
  }
}

function makeBar() {
  const fill = make('span', 'fill');
  const node = make('span', 'bar', fill);
  node.setAttribute('aria-hidden', 'true');
  return {
    node,
    set(share, pressed = false) {
      fill.style.setProperty('--share', Math.min(1, Math.max(0, share || 0)).toFixed(3));
      fill.classList.toggle('pressed', pressed);
    },
  };
}

function putBar(parent) {
  const bar = makeBar();
  parent.append(bar.node);
  return bar;
}

const listed = new WeakMap();

// Keeps a node for as long as its key is there, so that focus, open details and scrolling survive each update.
function list(parent, items, keyOf, create, update) {
  const before = listed.get(parent) ?? new Map();
  const after = new Map();
  for (const item of items) {
    let key = keyOf(item);
    while (after.has(key)) {
      key += '+';
    }

    after.set(key, { view: before.get(key)?.view ?? create(item), item });
  }

  for (const [key, { view }] of before) {
    if (!after.has(key)) {
      view.node.remove();
    }
  }

  let index = 0;
  for (const { view, item } of after.values()) {
    update(view, item);
    const place = parent.children[index++] ?? null;
    if (place !== view.node) {
      // moveBefore, where there is one, keeps the focus of what moves.
      (view.node.isConnected && parent.moveBefore ? parent.moveBefore : parent.insertBefore).call(parent, view.node, place);
    }
  }

  listed.set(parent, after);
}

function showState(node, state) {
  text(node, state);
  node.dataset.state = state;
}

function showReasons(node, state, reasons) {
  node.dataset.state = state;
  node.hidden = reasons.length === 0;
  list(node, reasons, reason => reason, () => ({ node: make('li', '') }), (view, reason) => text(view.node, reason));
}

// ---- The service ----

const stored = 'sluice-token';
const silence = 10_000;
let lastState = null;
let link = 'connecting'; // connecting | live | lost | token

function ask(path, options = {}) {
  const token = sessionStorage.getItem(stored);
  return fetch(path, { ...options, cache: 'no-store', headers: token ? { Authorization: `Bearer ${token}` } : {} });
}

function askForToken() {
  const refused = sessionStorage.getItem(stored) !== null;
  sessionStorage.removeItem(stored);
  text($('token-fault'), refused ? 'The service refused that token.' : '');
  $('token-form').hidden = false;
  setLink('token');
  $('token').value = '';
  $('token').focus();
  return new Promise(resolve => {
    $('token-form').onsubmit = submit => {
      submit.preventDefault();
      sessionStorage.setItem(stored, $('token').value.trim());
      $('token-form').hidden = true;
      setLink('connecting');
      resolve();
    };
  });
}

// Server-sent events by hand, as EventSource cannot send a token. Returns when the service asks for one, throws when the connection ends.
async function readEvents(onState) {
  const stop = new AbortController();
  // A connection can die without an end: the service speaks every second, so long silence is such a death.
  let alarm = setTimeout(() => stop.abort(), silence);
  try {
    const response = await ask('/api/events', { signal: stop.signal });
    if (response.status === 401) {
      return askForToken();
    }

    if (!response.ok) {
      throw new Error(`The service answers ${response.status}.`);
    }

    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ''; ;) {
      const { value, done } = await reader.read();
      if (done) {
        throw new Error('The service ended the connection.');
      }

      clearTimeout(alarm);
      alarm = setTimeout(() => stop.abort(), silence);
      const events = (rest + value).replaceAll('\r\n', '\n').split('\n\n');
      rest = events.pop();
      for (const lines of events.map(event => event.split('\n'))) {
        const data = lines.filter(line => line.startsWith('data:')).map(line => line.slice(5)).join('\n');
        if (data !== '' && lines.some(line => line.replace(': ', ':') === 'event:state')) {
          onState(JSON.parse(data));
        }
      }
    }
  } finally {
    clearTimeout(alarm);
    stop.abort();
  }
}

async function follow() {
  for (let wait = 500; ;) {
    try {
      await readEvents(state => {
        wait = 500;
        receive(state);
      });
    } catch {
      setLink('lost');
      await new Promise(resolve => setTimeout(resolve, wait));
      wait = Math.min(wait * 2, 5000);
    }
  }
}

function setLink(to) {
  link = to;
  show();
}

function receive(state) {
  if (lastState && lastState.version !== state.version) {
    // The service was replaced by another version, whose page may differ.
    location.reload();
    return;
  }

  lastState = state;
  for (const pipeline of state.pipelines) {
    remember(pipeline, state.now);
  }

  try {
    setLink('live');
  } catch (fault) {
    // A state that cannot be drawn is no lost connection: the next one may be.
    reportError(fault);
  }
}

// ---- Which pipeline ----

function chosenName() {
  try {
    return decodeURIComponent(location.hash.slice(2));
  } catch {
    return '';
  }
}

// A slash before the name, or the browser would scroll to a part of the page with the same name.
const hashOf = name => `#/${encodeURIComponent(name)}`;
const doing = pipeline => pipeline.phase ? `${pipeline.phase.name} ${percent(pipeline.phase.share)}` : pipeline.selecting ? `Selecting ${percent(pipeline.selecting.share)}` : 'idle';

function makeChoice() {
  const view = { name: make('span', 'choice'), doing: make('small', '') };
  view.link = make('a', 'state', view.name, view.doing);
  view.node = make('li', '', view.link);
  return view;
}

function showChoice(view, pipeline, current) {
  text(view.name, pipeline.name);
  text(view.doing, pipeline.status === 'ok' ? doing(pipeline) : `${pipeline.status}, ${doing(pipeline)}`);
  view.link.dataset.state = pipeline.status;
  view.link.href = hashOf(pipeline.name);
  if (current) {
    view.link.setAttribute('aria-current', 'page');
  } else {
    view.link.removeAttribute('aria-current');
  }
}

// ---- Ingestion and selection ----

const phaseBar = putBar($('phase-bar'));
const selectBar = putBar($('select-bar'));
const answers = new Map();

const sourceName = source => source.label && source.label !== source.path ? `${source.path} (${source.label})` : source.path;

function showIngestion(pipeline) {
  const { phase, sources, status } = pipeline;
  text($('phase'), phase ? phase.name : status === 'failing' ? 'Not at work' : 'Idle');
  text($('left'), !phase ? '' : `${percent(phase.share)}, ${phase.etaSeconds === null ? 'time left not known yet' : `about ${duration(phase.etaSeconds)} left`}`);
  phaseBar.set(phase?.share);
  const waiting = status === 'stopping' ? 'Takes nothing more: the service is stopping.'
    : status === 'failing' ? 'Nothing is under way; why stands above.'
      : `Waits for new files${sources.length > 0 ? ` in ${named(sources.map(source => source.path))}` : ''}, or rows over HTTP.`;
  text($('phase-detail'), !phase ? waiting : [
    phase.rows > 0 ? `${count(phase.rows)} rows in ${duration(phase.seconds)}` : `for ${duration(phase.seconds)}`,
    phase.tokensPerSecond === null ? '' : `${count(phase.tokensPerSecond)} tokens/s`,
    phase.what,
  ].filter(Boolean).join(' · '));
  text($('sources'), sources.length === 0 ? 'No files as a source' : `From ${sources.map(source => `${sourceName(source)}, ${some(source.files, 'file')}`).join(' · ')}`);
}

function showSelection(pipeline, now) {
  const { selecting, selection, steps } = pipeline;
  const recipe = steps.map(({ step, name }) => name && name !== step ? `${name} (${step})` : step).join(' ▸ ') || 'no recipe';
  text($('chosen'), selecting ? `Selecting ${percent(selecting.share)}` : selection ? `${count(selection.rows)} rows chosen` : 'Nothing chosen yet');
  selectBar.set(selecting?.share);
  text($('select-detail'), selecting ? `${selecting.what} · for ${duration(selecting.seconds)}` : selection ? `${ago(selection.at, now)} by ${recipe}` : `Recipe: ${recipe}`);
  showReport(selection);

  // An answer stands long enough to be read, then until the selection that it speaks of has begun, or has been and gone between two events.
  const { at, asking, failed } = answers.get(pipeline.name) ?? {};
  const begun = selecting !== null || pipeline.runs.some(run => run.kind === 'selection' && Date.parse(run.startedAt) > at);
  const age = Date.parse(now) - at;
  if (!asking && (begun || failed) && age > (failed ? 30_000 : 5000)) {
    answers.delete(pipeline.name);
  }

  showAnswer(answers.get(pipeline.name));
}

function showAnswer(answer) {
  text($('feedback'), answer?.text ?? '');
  text($('answer'), answer?.text ?? '');
  $('feedback').classList.toggle('bad', answer?.failed === true);
  $('select').setAttribute('aria-disabled', String(answer?.asking === true));
}

function showReport(selection) {
  // Only a path of this service: a state cannot lead the reader elsewhere.
  const own = selection?.report?.startsWith('/') && new URL(selection.report, location.href).origin === location.origin;
  $('report').hidden = !own;
  if (own) {
    $('report').href = selection.report;
    text($('report'), sessionStorage.getItem(stored) ? 'Save report' : 'Report');
  }
}

async function selectNow() {
  const { name } = chosenPipeline();
  if (answers.get(name)?.asking) {
    return;
  }

  const at = Date.parse(lastState.now);
  answers.set(name, { text: 'Asking …', asking: true });
  showAnswer(answers.get(name));
  answers.set(name, { at, ...await askForSelection(name) });
  showAnswer(answers.get(chosenPipeline()?.name));
}

async function askForSelection(name) {
  try {
    const { status } = await ask(`/pipelines/${encodeURIComponent(name)}/selections`, { method: 'POST' });
    return status === 202 ? { text: 'Queued; it starts as soon as it can.' }
      : status === 409 ? { text: 'One is queued or under way already.' }
        : { text: status === 401 ? 'Refused: the service asks for another token.' : `Refused: the service answers ${status}.`, failed: true };
  } catch {
    return { text: 'Not asked: there is no connection.', failed: true };
  }
}

// A link cannot carry the token, so the report is fetched with it and saved as a file.
async function saveReport(click) {
  if (!sessionStorage.getItem(stored)) {
    return;
  }

  click.preventDefault();
  const { name } = chosenPipeline();
  const response = await ask($('report').getAttribute('href')).catch(() => null);
  if (!response?.ok) {
    answers.set(name, { at: Date.parse(lastState.now), text: `The report could not be read${response ? `: the service answers ${response.status}` : ''}.`, failed: true });
    showAnswer(answers.get(name));
    return;
  }

  const link = make('a', '');
  link.href = URL.createObjectURL(await response.blob());
  link.download = `${name}-report.html`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// ---- The flow ----

const stageList = $('flow').querySelector('ol');
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

function showFlow(pipeline) {
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
function layFlow() {
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

// ---- Rate ----

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

function remember(pipeline, now) {
  const at = Date.parse(now);
  const history = histories.get(pipeline.name) ?? [];
  histories.set(pipeline.name, [...history.filter(point => point.at > at - span && point.at < at), { at, rate: pipeline.stages[0]?.rowsPerSecond ?? 0 }]);
}

// 1, 2 or 5 times a power of ten: the scale stays while the rate swings.
function ceiling(number) {
  const power = 10 ** Math.floor(Math.log10(Math.max(10, number)));
  return [1, 2, 5, 10].map(factor => factor * power).find(value => value >= number);
}

function showRate(pipeline) {
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

function showPool({ counts }) {
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

function showRejects({ name, rejects, counts }) {
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

function showBounds({ machine }, { flowBounds, inbox, disk }) {
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

function showRuns({ name, runs }, now) {
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

// ---- All of it ----

const chosenPipeline = () => lastState?.pipelines.find(pipeline => pipeline.name === chosenName()) ?? lastState?.pipelines[0];

function show() {
  const pipeline = chosenPipeline();
  showHead(pipeline);
  if (!pipeline || link === 'token') {
    return;
  }

  const { now, reasons } = lastState;
  text($('name'), pipeline.name);
  text($('file'), pipeline.file);
  showState($('pipeline-state'), pipeline.status);
  // What the service says of this pipeline already is not said twice.
  showReasons($('pipeline-reasons'), pipeline.status, pipeline.reasons.filter(reason => !reasons.some(said => said.includes(reason))));
  showIngestion(pipeline);
  showSelection(pipeline, now);
  showFlow(pipeline);
  showRate(pipeline);
  showPool(pipeline);
  showRejects(pipeline);
  showBounds(lastState, pipeline);
  showRuns(pipeline, now);
}

function showHead(pipeline) {
  const live = link === 'live';
  const { pipelines = [], status, reasons = [], now, startedAt, version } = lastState ?? {};
  const again = 'The page tries again by itself.';
  const [word, summary] = {
    connecting: ['connecting', ''],
    live: [status, pipelines.length === 1 ? '1 pipeline' : `${pipelines.length} pipelines`],
    lost: ['connection lost', now ? `These are the numbers of ${clockTime.format(new Date(now))}. ${again}` : again],
    token: ['token needed', ''],
  }[link];
  document.body.dataset.link = link;
  showState($('word'), word);
  text($('summary'), summary);
  showReasons($('reasons'), word, live ? reasons : []);
  text($('version'), version ?? '');
  text($('clock'), now ? `${clockTime.format(new Date(now))}, up ${duration((Date.parse(now) - Date.parse(startedAt)) / 1000)}` : '');
  $('nothing').hidden = !live || pipelines.length > 0;
  $('pipeline').hidden = link === 'token' || !pipeline;
  $('picker').hidden = link === 'token' || pipelines.length < 2;
  list($('picker').firstElementChild, pipelines, item => item.name, makeChoice, (view, item) => showChoice(view, item, item === pipeline));
  document.title = `${live && pipeline ? `${status === 'ok' ? '' : `${status} · `}${doing(pipeline)} · ${pipeline.name}` : word} \u2013 Sluice`;
}

$('select').addEventListener('click', selectNow);
$('report').addEventListener('click', saveReport);
$('more-runs').addEventListener('click', () => {
  allRuns = !allRuns;
  show();
});
addEventListener('hashchange', show);
new ResizeObserver(() => {
  layFlow();
  show();
}).observe(stageList);
follow();
