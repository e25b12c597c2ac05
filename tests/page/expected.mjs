// The texts that a reader must find in the page for a state, worked out apart from the page's own code.

const count = number => number.toLocaleString('en-US', { maximumFractionDigits: 0 });
const percent = share => `${Math.round(share * 100)}\u00a0%`;
const mebibytes = number => {
  const [value, unit] = number >= 2 ** 30 ? [number / 2 ** 30, 'GiB'] : number >= 2 ** 20 ? [number / 2 ** 20, 'MiB'] : [number, 'bytes'];
  return `${value < 10 && unit !== 'bytes' ? value.toFixed(1) : count(value)} ${unit}`;
};

export function expectedTexts({ version, machine, reasons }, pipeline) {
  const { name, file, status, phase, selecting, stages, bottleneck, counts, rejects, inbox, disk, flowBounds, runs, selection, sources } = pipeline;
  return [
    version, ...reasons, name, file, status,
    `${percent(machine.cpuShare)} of ${machine.processors}`, `${mebibytes(machine.residentBytes)} of ${mebibytes(machine.memoryBytes)}`,
    ...phase ? [phase.name, percent(phase.share), `${count(phase.rows)} rows in`, phase.what, `${count(phase.tokensPerSecond)} tokens/s`] : [status === 'failing' ? 'Not at work' : 'Idle'],
    ...phase?.etaSeconds ? [`about ${Math.round(phase.etaSeconds)} s left`] : [],
    ...selecting ? [percent(selecting.share), selecting.what] : [],
    ...sources.flatMap(source => [source.path, `${source.files} file`]),
    ...stages.flatMap(stage => [stage.name, `${count(stage.rowsPerSecond)} rows/s`, `${count(stage.rows)} rows`, percent(stage.busyShare), `${stage.atWork}/${stage.workers}`,
      stage.queueBound > 0 ? `${stage.queue}/${stage.queueBound}` : 'none', { nothing: 'at work', rows: 'waits for rows', room: 'waits for room', endpoint: 'waits for reply', input: 'waits for input' }[stage.waitsFor]]),
    ...bottleneck ? [`${bottleneck.name} holds the flow back`, `${percent(bottleneck.busyShare)} of the time`] : ['nothing holds the flow back'],
    count(counts.read), count(counts.annotated), count(counts.exact + counts.near), count(counts.rejected), `${count(counts.exact)} exact`, `${count(counts.near)} near`, `${counts.segments} segment`,
    ...rejects.flatMap(({ reason, count: number, samples }) => [reason, count(number), ...samples.flatMap(sample => [sample.id, sample.excerpt])]),
    `${mebibytes(inbox.bytes)} of ${mebibytes(inbox.boundBytes)}`, `${inbox.requests} request`, `${inbox.refused} refused`, `${count(inbox.rowsAccepted)} rows accepted`,
    `${mebibytes(disk.freeBytes)} free`, `${mebibytes(disk.minFreeBytes)} must stay free`, `pool takes ${mebibytes(disk.poolBytes)}`,
    `${count(flowBounds.rows)} of ${count(flowBounds.maxRows)}`, `${mebibytes(flowBounds.bytes)} of ${mebibytes(flowBounds.maxBytes)}`,
    ...runs.flatMap(run => [run.text, run.ok ? '' : 'failed']),
    ...selection && !selecting ? [`${count(selection.rows)} rows chosen`] : [],
  ];
}
