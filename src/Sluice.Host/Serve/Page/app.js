// The dashboard of `sluice serve`: follows /api/events and draws the chosen pipeline.
import { ago, clockTime, count, duration, named, percent, some } from './words.js';
import { $, list, make, putBar, showReasons, showState, text } from './elements.js';
import { layFlow, showFlow, stageList } from './flow.js';
import { remember, showRate } from './rate.js';
import { showBounds, showPool, showRejects, showRuns, toggleRuns } from './facts.js';

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
  toggleRuns();
  show();
});
addEventListener('hashchange', show);
new ResizeObserver(() => {
  layFlow();
  show();
}).observe(stageList);
follow();
