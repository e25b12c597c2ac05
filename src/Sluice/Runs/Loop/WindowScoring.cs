using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using Sluice.Parsing;
using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Records;
using Sluice.Sources;
using Sluice.Stages;
using Sluice.Topology;

namespace Sluice.Runs.Loop;

/// <summary>
/// Scores the rows of a window by a model, as the stage scores a pool's: in batches of <see cref="FlowOptions.BatchRows"/> rows, several at once. Each batch is written to a
/// checked file of its own when it is done, so that scoring that was cut off goes on with those that are missing.
/// </summary>
internal sealed class WindowScoring(PoolReader pool, IRowParser parser, FlowOptions flow, IRunDisplay display)
{
    private const string PlanFile = "plan.txt";
    private readonly Lock _lock = new();
    private readonly SourceFile[] _files = [.. pool.Plan.Files.Select(f => f.ToSource())];

    /// <summary>Scores the rows; NaN for those that bear no score.</summary>
    /// <param name="stage">The scorer.</param>
    /// <param name="rows">Pool rows, in the window's order.</param>
    /// <param name="folder">Where the batches are kept. What is there of another model or other rows is deleted.</param>
    /// <param name="unscored">Counts the rows that the model fails to score.</param>
    /// <param name="token">Stops between batches.</param>
    public double[] Run(IfdStage stage, long[] rows, string folder, UnscoredGuard unscored, CancellationToken token)
    {
        Prepare(folder, $"{stage.Fingerprint}\n{flow.BatchRows}\n{string.Join(',', rows)}\n");
        long[][] chunks = [.. rows.Chunk(flow.BatchRows)];
        double[][] scores = new double[chunks.Length][];
        long done = 0;
        using IDisposable phase = display.Phase("Scoring the window", () => new RunProgress((double)Interlocked.Read(ref done) / rows.Length, Interlocked.Read(ref done), Path.GetFileName(folder), []));
        try
        {
            Parallel.For(0, chunks.Length, new ParallelOptions { CancellationToken = token, MaxDegreeOfParallelism = flow.Workers }, i =>
            {
                string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{i:D6}.csv"));
                scores[i] = Read(path, chunks[i]) ?? Score(stage, chunks[i], i, path, unscored, token);
                Interlocked.Add(ref done, chunks[i].Length);
            });
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }

        return [.. scores.SelectMany(s => s)];
    }

    private static void Prepare(string folder, string plan)
    {
        string path = Path.Combine(folder, PlanFile);
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plan))) + "\n";
        if (Directory.Exists(folder) && (!File.Exists(path) || Encoding.UTF8.GetString(File.ReadAllBytes(path)) != digest))
        {
            Directory.Delete(folder, recursive: true);
        }

        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            PoolDisk.Plain.WriteAllText(path, digest, "state");
        }
    }

    private double[] Score(IfdStage stage, long[] rows, int sequence, string path, UnscoredGuard unscored, CancellationToken token)
    {
        RowBatch batch = new() { Sequence = sequence, Samples = [.. rows.Select(Load)], Rejections = [] };
        stage.Process(batch, token);
        batch.ReleaseScratch();
        double[] scores = ((NumberData)batch.Columns[PoolColumns.Ifd]).Values;
        lock (_lock)
        {
            unscored.Add(batch);
        }

        StringBuilder text = new();
        for (int i = 0; i < rows.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{rows[i]},{scores[i]:R}\n");
        }

        string body = text.ToString();
        PoolDisk.Plain.WriteAllText(path, body + Check(body), "state");
        return scores;
    }

    private Sample Load(long row)
    {
        SegmentRows segment;
        long first;
        lock (_lock)
        {
            int at = pool.SegmentOf(row);
            segment = pool.SegmentRows(at);
            first = pool.Records[at].FirstRow;
        }

        RowOrigin origin = segment.Origin((int)(row - first));
        ParseOutcome outcome = parser.Parse(new RawRow(origin, segment.Read((int)(row - first))), _files[origin.File], new SampleArena());
        return outcome.Sample ?? throw new InvalidDataException($"Row {row} of the pool no longer parses: {outcome.Reason} Run 'sluice verify' on {pool.Folder}.");
    }

    // Null when the batch is not there or not whole.
    private static double[]? Read(string path, long[] rows)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        string text = Encoding.UTF8.GetString(File.ReadAllBytes(path));
        int end = text.LastIndexOf('#');
        if (end < 0 || text[end..] != Check(text[..end]))
        {
            return null;
        }

        string[] lines = text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == rows.Length ? [.. lines.Select(line => double.Parse(line.AsSpan(line.IndexOf(',', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture))] : null;
    }

    private static string Check(string body) => $"# {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}\n";
}
