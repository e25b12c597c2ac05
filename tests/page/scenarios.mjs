// Made-up states of the service: each scenario gives the state after so many seconds.

const MiB = 2 ** 20;
const GiB = 2 ** 30;
const start = Date.parse('2026-11-27T07:00:00Z');
const time = seconds => new Date(start + seconds * 1000).toISOString().replace('.000Z', 'Z');
const wave = (second, length, shift = 0) => 0.5 + 0.5 * Math.sin((second / length + shift) * 2 * Math.PI);

const kinds = { read: 'reader', exact: 'ordered', near: 'ordered', respond: 'asks', 'open-tags': 'asks', pool: 'pool' };
const usual = ['read', 'parse', 'exact', 'script', 'tag', 'quality', 'complexity', 'embed', 'near', 'pool'];
const every = ['read', 'parse', 'exact', 'script', 'tag', 'quality', 'complexity', 'embed', 'ifd', 'respond', 'necessity', 'open-tags', 'near', 'pool'];

const seconds = 2600;

function idleStages(names, rows = 0) {
  return names.map(name => ({
    name, kind: kinds[name] ?? 'parallel', workers: kinds[name] && kinds[name] !== 'asks' ? 1 : 2, atWork: 0, queue: 0, queueBound: name === 'read' ? 0 : 16,
    rows, rowsPerSecond: 0, busyShare: 0, waitsFor: name === 'read' ? 'input' : 'rows',
  }));
}

// What stands before the narrow stage is full and waits for room, what comes after waits for rows.
function busyStages(names, narrow, second, speed = 4100, rows = 51200) {
  const at = names.indexOf(narrow);
  return idleStages(names).map((stage, index) => ({
    ...stage,
    rows: Math.max(0, rows + Math.round(speed * second) - index * 512),
    rowsPerSecond: Math.round(speed * (0.9 + 0.2 * wave(second, 17, index / 9))),
    atWork: index === at ? stage.workers : Math.round(wave(second, 3, index / 5)),
    queue: stage.queueBound === 0 ? 0 : index < at ? (index % 2 ? 16 : 15) : index === at ? 14 : Math.round(2 * wave(second, 4, index)),
    busyShare: index === at ? 0.97 : 0.08 + 0.4 * wave(second, 23, index * 0.37),
    waitsFor: index === at ? (kinds[narrow] === 'asks' ? 'endpoint' : 'nothing') : index < at ? 'room' : 'rows',
  }));
}

const rejects = [
  { reason: 'instruction: absent', count: 141, samples: [{ id: 'rows-5.jsonl#90211', excerpt: '{"prompt":"","output":"Yes."}' }] },
  {
    reason: 'output: absent', count: 812, samples: [
      { id: 'rows-3.jsonl#17', excerpt: '{"instruction":"Name three rivers of Europe.","input":"","output":""}' },
      { id: 'rows-3.jsonl#4410', excerpt: '{"instruction":"解释一下什么是流式处理。","output":null}' }],
  },
  { reason: 'not JSON: expected a comma at byte 71', count: 47, samples: [{ id: 'rows-7.jsonl#3', excerpt: '{"instruction":"Sum up" "output":"..."}' }] },
];

const ingest = (at, took, read, annotated, duplicate, rejected) => ({
  kind: 'ingest', startedAt: time(at), seconds: took, ok: true, rows: annotated,
  text: `read ${read.toLocaleString('en-US')} = annotated ${annotated.toLocaleString('en-US')} + duplicate ${duplicate.toLocaleString('en-US')} + rejected ${rejected.toLocaleString('en-US')}`,
});
const select = (at, took, candidates, rows, trigger) => ({
  kind: 'selection', startedAt: time(at), seconds: took, ok: true, rows, trigger,
  text: `candidates ${candidates.toLocaleString('en-US')} = selected ${rows.toLocaleString('en-US')} + dropped ${(candidates - rows).toLocaleString('en-US')}`,
});
const runs = [
  select(2410, 1.1, 115000, 2000, 'request'), select(2302, 1.3, 115000, 2000, 'ingest'), ingest(2280, 21.4, 100000, 95618, 3420, 962),
  select(905, 0.9, 19382, 2000, 'schedule'), ingest(900, 4.2, 20000, 19382, 580, 38),
];

function pipeline(name, more = {}) {
  return {
    name, file: `/etc/sluice/${name}.json`, status: 'ok', reasons: [], phase: null, selecting: null,
    sources: [{ path: 'rows', label: name, files: 12 }, { path: 'more/*.jsonl', label: 'bought', files: 3 }],
    stages: idleStages(usual, 51200), bottleneck: null,
    counts: { read: 120000, annotated: 115000, exact: 1200, near: 2800, rejected: 1000, segments: 9 }, rejects,
    inbox: { requests: 0, bytes: 0, boundBytes: 256 * MiB, refused: 0, rowsAccepted: 88000 },
    disk: { poolBytes: 90 * MiB, freeBytes: 4.66 * GiB, minFreeBytes: GiB },
    flowBounds: { rows: 0, maxRows: 65536, bytes: 0, maxBytes: 128 * MiB },
    runs, selection: { rows: 2000, at: time(2411), report: `/pipelines/${encodeURIComponent(name)}/report` },
    steps: [{ step: 'Threshold', name: 'Threshold' }, { step: 'KCenter', name: 'spread' }, { step: 'Proportions', name: 'Proportions' }],
    ...more,
  };
}

function busy(name, second, more = {}) {
  const narrow = more.narrow ?? 'quality';
  const speed = more.speed ?? 4100;
  const share = (0.41 + second / 60) % 1;
  return pipeline(name, {
    phase: {
      name: 'Scoring', share, rows: 51200 + speed * second, seconds: 12.5 + second, what: 'rows-7.jsonl',
      etaSeconds: second === 0 ? null : (1 - share) * 60, tokensPerSecond: Math.round(410000 * (0.9 + 0.2 * wave(second, 11))),
    },
    stages: busyStages(more.names ?? usual, narrow, second, speed), bottleneck: { name: narrow, busyShare: 0.97 },
    inbox: { requests: 3, bytes: 41 * MiB, boundBytes: 256 * MiB, refused: 2, rowsAccepted: 88000 + 120 * second },
    flowBounds: { rows: 12000 + Math.round(900 * wave(second, 5)), maxRows: 65536, bytes: 9 * MiB, maxBytes: 128 * MiB },
    ...more.parts,
  });
}

const state = (second, pipelines, more = {}) => ({
  version: '0.1.0', startedAt: time(0), now: time(seconds + second), status: 'ok', reasons: [],
  machine: { processors: 2, residentBytes: 700_000_000, memoryBytes: 25_000_000_000, cpuShare: pipelines.some(p => p.phase) ? 0.93 : 0.01 }, pipelines, ...more,
});

const full = 'The disk is full: 0.9 GiB are free below /var/lib/sluice/house, 1 GiB must stay free (Serve:MinFreeBytes). What is committed is kept; it goes on once there is room.';
const throttled = 'The endpoint of respond answers 429 to every third request; it is asked 2 at a time instead of 16.';

export const hostileName = 'h&m "<b>bold</b>" ✓ <script>window.hit = "name"</script>/../?x=1#top';
export const hostileRow = '<script>window.hit = "row"</script><img src=x onerror="window.hit = \'image\'"> {"instruction":"</code></li>';
const endless = 'x'.repeat(180);

function hostile(second) {
  const long = `output: ${'the text holds a very long reason that somebody put into a name of a field, '.repeat(4)}${endless}`;
  return busy(hostileName, second, {
    names: every, narrow: 'respond', parts: {
      status: 'degraded', reasons: [throttled, `<b>${endless}</b>`],
      sources: [{ path: `<i>${endless}</i>`, label: '"><script>', files: 1 }],
      rejects: [{ reason: '<script>window.hit = "reason"</script>', count: 700, samples: [{ id: '<b>#1', excerpt: hostileRow }, { id: 'rows#2', excerpt: endless + endless }] }, { reason: long, count: 300, samples: [] }],
      runs: [{ kind: 'ingest', startedAt: time(2500), seconds: 0.2, ok: false, rows: 0, text: `This round failed: <img src=x onerror="window.hit=1"> ${endless}` },
        ...Array.from({ length: 49 }, (_, index) => select(2400 - index * 40, 1.1, 115000, 2000, ['ingest', 'schedule', 'request'][index % 3]))],
      steps: [{ step: 'Threshold', name: '<u>seeds</u>' }],
    },
  });
}

const empty = pipeline('house', {
  stages: idleStages(usual), counts: { read: 0, annotated: 0, exact: 0, near: 0, rejected: 0, segments: 0 }, rejects: [], runs: [], selection: null,
  sources: [{ path: 'rows', label: 'house', files: 0 }], inbox: { requests: 0, bytes: 0, boundBytes: 256 * MiB, refused: 0, rowsAccepted: 0 },
  disk: { poolBytes: 0, freeBytes: 4.66 * GiB, minFreeBytes: GiB },
});

export const scenarios = {
  idle: second => state(second, [pipeline('house')]),
  busy: second => state(second, [busy('house', second, second % 20 > 9 ? { parts: { selecting: { share: (second % 10) / 10, seconds: second % 10 / 5, what: 'step 2 of 3, spread' } } } : {})]),
  failing: second => state(second, [
    pipeline('house', {
      status: 'failing', reasons: [full], disk: { poolBytes: 3.2 * GiB, freeBytes: 0.9 * GiB, minFreeBytes: GiB },
      runs: [{ kind: 'ingest', startedAt: time(2590), seconds: 0.2, ok: false, rows: 0, text: `This round failed: ${full}` }, ...runs],
    }),
    busy('bought', second, { narrow: 'respond', speed: 40, names: every, parts: { status: 'degraded', reasons: [throttled] } })], { status: 'failing', reasons: [`house: ${full}`, `bought: ${throttled}`] }),
  stopping: second => state(second, [busy('house', second, { parts: { status: 'stopping', reasons: ['A signal asked the service to end; quality holds its thread, and is left behind in 8 s.'] } })],
    { status: 'stopping', reasons: ['A signal asked the service to end.'] }),
  empty: second => state(second, [empty]),
  none: second => state(second, []),
  many: second => state(second, [hostile(second), pipeline('house'), busy(endless, second), pipeline('日本語のデータ')], { status: 'degraded', reasons: [`${hostileName}: ${throttled}`] }),
  token: second => state(second, [busy('house', second)]),
};

export const token = 'let me in';
