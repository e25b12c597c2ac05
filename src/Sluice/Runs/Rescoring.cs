using System.Runtime.ExceptionServices;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Stages;
using Sluice.Topology;

namespace Sluice.Runs;

/// <summary>
/// Scores the columns of committed segments whose model is another than the one at hand, or that are not there yet: those columns alone. Segment by segment, each
/// committed before the next, so that a run that was cut off goes on where it stood.
/// </summary>
internal sealed class Rescoring(SegmentLoader loader, FlowOptions flow, ITableFiles tables, IRunDisplay display)
{
    private readonly SortedSet<string> _columns = new(StringComparer.Ordinal);

    /// <summary>The columns that were scored, in name order.</summary>
    public IReadOnlyList<string> Columns => [.. _columns];

    /// <summary>Brings every committed segment up to the models of <paramref name="stages"/>.</summary>
    /// <returns>Rows of the segments that had to be scored, duplicates included.</returns>
    public long Run(string folder, PoolPlan plan, StageSet stages, PoolWriter pool, UnscoredGuard unscored, CancellationToken token)
    {
        LedgerRecord[] stale = [.. pool.Committed.Where(record => record.Rows > 0 && Stale(record, stages).Count > 0)];
        if (stale.Length == 0)
        {
            return 0;
        }

        long rows = 0;
        long all = stale.Sum(record => record.Rows);
        using PoolReader reader = PoolReader.Open(folder, tables);
        using IDisposable phase = display.Phase("Scoring again", () => new RunProgress((double)rows / all, rows, string.Join(", ", _columns), []));
        foreach (LedgerRecord record in stale)
        {
            List<string> columns = Stale(record, stages);
            _columns.UnionWith(columns);
            IBatchStage[] needed = [.. stages.Models.Where(model => columns.Exists(column => stages.Fingerprints[column] == model.Fingerprint))];
            RowBatch segment = loader.Load(reader, record, plan, stages, token);
            Unmark(segment, SegmentFiles.PathOf(folder, record.Segment));
            pool.Amend((int)record.Segment, Score(segment, needed, unscored, token));
            rows += record.Rows;
        }

        return rows;
    }

    // Near repeats are found behind the models, so they bear scores as in a run from the start; exact ones never reach a model.
    private void Unmark(RowBatch segment, string folder)
    {
        double[] similarity = ((NumberData)tables.Read(Path.Combine(folder, PoolColumns.Similarity + ".parquet"), [PoolColumns.Similarity])[0].Data).Values;
        for (int i = 0; i < similarity.Length; i++)
        {
            if (similarity[i] < 1)
            {
                segment.Samples[i].DuplicateOf = -1;
            }
        }
    }

    private static List<string> Stale(LedgerRecord record, StageSet stages) =>
        [.. stages.Fingerprints.Where(made => !record.Columns.Any(column => column.Name == made.Key && column.Fingerprint == made.Value)).Select(made => made.Key)];

    private Dictionary<string, ColumnData> Score(RowBatch segment, IBatchStage[] stages, UnscoredGuard unscored, CancellationToken token)
    {
        RowBatch[] batches = [.. Batches(segment)];
        try
        {
            Parallel.For(0, batches.Length, new ParallelOptions { CancellationToken = token, MaxDegreeOfParallelism = flow.Workers }, i =>
            {
                foreach (IBatchStage stage in stages)
                {
                    stage.Process(batches[i], token);
                }

                batches[i].ReleaseScratch();
            });
        }
        catch (AggregateException faults)
        {
            // The first fault is the one to tell; the others follow from the stop.
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }

        Dictionary<string, ColumnData> columns = new(StringComparer.Ordinal);
        foreach (RowBatch batch in batches)
        {
            unscored.Add(batch);
        }

        foreach (string name in batches[0].Columns.Keys)
        {
            columns[name] = ColumnJoin.Join(name, [.. batches.Select(batch => batch.Columns[name])]);
        }

        return columns;
    }

    // As the reader cuts them: so many rows of one file at most.
    private IEnumerable<RowBatch> Batches(RowBatch segment)
    {
        IReadOnlyList<Sample> samples = segment.Samples;
        for (int start = 0; start < samples.Count;)
        {
            int end = start + 1;
            while (end < samples.Count && end - start < flow.BatchRows && samples[end].Origin.File == samples[start].Origin.File)
            {
                end++;
            }

            yield return new RowBatch { Sequence = segment.Sequence, Samples = [.. samples.Skip(start).Take(end - start)], Rejections = [], File = samples[start].Origin.File };
            start = end;
        }
    }
}
