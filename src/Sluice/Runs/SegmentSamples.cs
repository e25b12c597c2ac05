using Sluice.Parsing;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Runs;

/// <summary>Parses rows of a committed segment again, side by side.</summary>
internal static class SegmentSamples
{
    /// <summary>Parses the rows at <paramref name="places"/> and hands each with its index there to <paramref name="take"/>, from several threads. Throws <see cref="InvalidDataException"/> when one no longer parses.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="segment">0-based segment.</param>
    /// <param name="places">0-based rows inside the segment.</param>
    /// <param name="parser">Parses.</param>
    /// <param name="workers">Threads at most.</param>
    /// <param name="take">Takes index and sample; called once an index.</param>
    /// <param name="token">Stops.</param>
    public static void Parse(PoolReader pool, int segment, IReadOnlyList<int> places, IRowParser parser, int workers, Action<int, Sample> take, CancellationToken token)
    {
        SegmentRows rows = pool.SegmentRows(segment);
        long first = pool.Records[segment].FirstRow;
        SourceFile[] files = [.. pool.Plan.Files.Select(f => f.ToSource())];
        // One arena a worker: an arena's block is 64 KiB, and a row seldom fills a hundredth of it.
        Parallel.For(0, places.Count, new ParallelOptions { CancellationToken = token, MaxDegreeOfParallelism = workers }, static () => new SampleArena(), (i, _, arena) =>
        {
            RowOrigin origin = rows.Origin(places[i]);
            ParseOutcome outcome = parser.Parse(new RawRow(origin, rows.Read(places[i])), files[origin.File], arena);
            take(i, outcome.Sample ?? throw new InvalidDataException($"Row {first + places[i]} of the pool no longer parses: {outcome.Reason} Run 'sluice verify' on {pool.Folder}."));
            return arena;
        }, static _ => { });
        pool.Release(segment);
    }
}
