using System.Runtime.CompilerServices;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Stages;
using Sluice.Topology;

namespace Sluice.Runs;

/// <summary>
/// Scores the columns of committed segments whose model is another than the one at hand, or that are not there yet: those columns alone, through the same bounded flow as
/// new rows. Each segment is committed as soon as its last batch is through, so that a run that was cut off goes on where it stood.
/// </summary>
internal sealed class Rescoring(SegmentLoader loader, FlowContext context, ITableFiles tables, IRunDisplay display)
{
    private readonly SortedSet<string> _columns = new(StringComparer.Ordinal);

    /// <summary>The columns that were scored, in name order.</summary>
    public IReadOnlyList<string> Columns => [.. _columns];

    /// <summary>Brings every committed segment up to the stages of <paramref name="stages"/>.</summary>
    /// <returns>Rows of the segments that had to be scored, duplicates included.</returns>
    public async Task<long> RunAsync(
        string folder, StageSet stages, PoolWriter pool, UnscoredGuard unscored, FlowBudget budget, CancellationToken token)
    {
        List<StaleSegment> stale = [.. pool.Committed.Where(record => record.Rows > 0).Select(record => StaleSegment.Of(record, stages)).Where(segment => segment.Stages.Count > 0)];
        if (stale.Count == 0)
        {
            return 0;
        }

        _columns.UnionWith(stale.SelectMany(segment => segment.Columns));
        string what = string.Join(", ", _columns);
        Dictionary<long, StaleSegment> byNumber = stale.ToDictionary(segment => segment.Record.Segment);
        IColumnStage[] needed = [.. stages.Models.Where(stage => stale.Exists(segment => segment.Stages.Contains(stage)))];
        using PoolReader reader = PoolReader.Open(folder, tables);
        SegmentColumns collected = new(pool);
        using RescoreTopology topology = new(
            context, needed, (batch, stage) => byNumber[batch.Segment].Stages.Contains(stage), batch => collected.Add(batch, byNumber[batch.Segment]), unscored, budget, token);
        long all = stale.Sum(segment => segment.Record.Rows);
        using IDisposable phase = display.Phase("Scoring again", () => new RunProgress(
            (double)topology.Meters[^1].Rows / all, topology.Meters[^1].Rows, stages.Progress() is { Length: > 0 } asking ? $"{what}; {asking}" : what, topology.Meters));
        await topology.RunAsync(ReadAsync(reader, stale, budget, topology.Token));
        return all;
    }

    private async IAsyncEnumerable<RowBatch> ReadAsync(
        PoolReader reader, IReadOnlyList<StaleSegment> stale, FlowBudget budget, [EnumeratorCancellation] CancellationToken token)
    {
        long sequence = 0;
        foreach (StaleSegment segment in stale)
        {
            RowBatch rows = loader.Load(reader, segment.Record, token);
            Unmark(rows, reader, segment.Record);
            Dictionary<string, ColumnData> stored = segment.Reads.ToDictionary(name => name, name => reader.Column(segment.Record, name));
            for (int start = 0; start < rows.Samples.Count;)
            {
                int end = End(rows.Samples, start);
                Sample[] samples = [.. rows.Samples.Skip(start).Take(end - start)];
                RowBatch batch = new()
                {
                    Sequence = sequence++,
                    Segment = segment.Record.Segment,
                    ClosesSegment = end == rows.Samples.Count,
                    Samples = samples,
                    Rejections = [],
                    File = samples[0].Origin.File,
                    Bytes = samples.Sum(sample => (long)sample.Raw.Length),
                };
                foreach ((string name, ColumnData data) in stored)
                {
                    batch.Columns[name] = ColumnSlice.Of(name, data, start, end);
                }

                await budget.AcquireAsync(batch.Read, batch.Bytes, token);
                yield return batch;
                start = end;
            }
        }
    }

    // Near repeats are found behind the models, so they bear scores as in a run from the start; exact ones never reach a model.
    private static void Unmark(RowBatch segment, PoolReader reader, LedgerRecord record)
    {
        double[] similarity = ((NumberData)reader.Column(record, PoolColumns.Similarity)).Values;
        for (int i = 0; i < similarity.Length; i++)
        {
            if (similarity[i] < 1)
            {
                segment.Samples[i].DuplicateOf = -1;
            }
        }
    }

    // As the reader cuts them: so many rows of one file at most.
    private int End(IReadOnlyList<Sample> samples, int start)
    {
        int end = start + 1;
        while (end < samples.Count && end - start < context.Options.BatchRows && samples[end].Origin.File == samples[start].Origin.File)
        {
            end++;
        }

        return end;
    }
}
