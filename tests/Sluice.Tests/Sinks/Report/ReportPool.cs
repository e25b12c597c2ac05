using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.DuckDb;
using Sluice.Parsing;
using Sluice.Pool;
using Sluice.Recipes;
using Sluice.Records;
using Sluice.Runs;
using Sluice.Sinks.Report;
using Sluice.Sources;

namespace Sluice.Tests.Sinks.Report;

/// <summary>A small real pool, a recipe run over it, and the page of both.</summary>
internal sealed class ReportPool : IDisposable
{
    private static readonly string[] s_categories = ["maths", "code", "chat"];
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TemporaryFolder _folder = new();
    private readonly DuckDbFiles _tables = new(new DuckDbOptions());

    /// <summary>Rows of the pool, duplicates included.</summary>
    public int Rows { get; init; } = 60;

    /// <summary>Columns that the pool gets.</summary>
    public string[] Columns { get; init; } = ["quality", "category", "embedding"];

    /// <summary>Name of the run.</summary>
    public string Name { get; init; } = "Trial";

    /// <summary>Names of the input files.</summary>
    public string[] Files { get; init; } = ["rows.jsonl"];

    /// <summary>A row's text.</summary>
    public Func<int, string> Text { get; init; } = static row => $"What is {row} plus {row}?";

    /// <summary>A row's category.</summary>
    public Func<int, string> Category { get; init; } = static row => s_categories[row % 3];

    /// <summary>A row's tags.</summary>
    public Func<int, string[]?> Tags { get; init; } = static row => [s_categories[row % 3], "any"];

    /// <summary>A row's quality.</summary>
    public Func<int, double> Quality { get; init; } = static row => row / 10.0;

    /// <summary>The row repeated and the similarity to it; negative for none.</summary>
    public Func<int, (long Of, float Similarity)> Duplicate { get; init; } = static _ => (-1, float.NaN);

    /// <summary>Settings of the pool.</summary>
    public Dictionary<string, string> Settings { get; init; } = new() { ["Stages:Dedup:MinJaccard"] = "0.7" };

    /// <summary>Whether the manifest tells of an annotate half.</summary>
    public bool IsAnnotated { get; init; } = true;

    /// <summary>Rows refused while reading.</summary>
    public int Rejected { get; init; } = 3;

    /// <summary>Path of the page.</summary>
    public string PagePath => _folder["report.html"];

    public void Dispose()
    {
        _tables.Dispose();
        _folder.Dispose();
    }

    /// <summary>Makes the pool, runs the steps and writes the page.</summary>
    /// <param name="steps">The recipe.</param>
    /// <param name="change">May change what the recipe decided, such as a step's figures.</param>
    public ReportPage Write(IReadOnlyList<IRecipeStep> steps, Func<RecipeOutcome, RecipeOutcome>? change = null)
    {
        string folder = _folder["pool"];
        if (!Directory.Exists(folder))
        {
            Fill(folder);
        }

        using PoolReader pool = PoolReader.Open(folder, _tables);
        List<long> candidates = [.. Enumerable.Range(0, Rows).Where(r => Duplicate(r).Of < 0).Select(r => (long)r)];
        RecipeOutcome outcome = new RecipeRunner(pool, new PoolTexts(pool, new RowParser(new SourceLimits()), 1), FixedTime.Instance).Run(steps, candidates, null, CancellationToken.None);
        outcome = change?.Invoke(outcome) ?? outcome;
        SelectReport report = new() { Name = Name, OutPath = _folder.Path, Outcome = outcome, Counts = pool.Counts, Elapsed = TimeSpan.FromSeconds(1.5) };
        JsonObject manifest = RunManifest.Create(report, pool, IsAnnotated ? Annotated(pool) : null, Settings, FixedTime.Instance);
        manifest["peakRssBytes"] = 123_000_000;
        new ReportWriter().Write(PagePath, manifest, pool, outcome);
        return new ReportPage(PagePath);
    }

    private static AnnotateReport Annotated(PoolReader pool) => new()
    {
        Counts = pool.Counts,
        Kept = default,
        KeptSegments = 0,
        Rescored = 0,
        RescoredColumns = [],
        Unscored = 0,
        UnscoredFirst = [],
        Elapsed = TimeSpan.FromSeconds(75),
        Stages = [new StageFigures("quality", pool.Rows, 60, 2, 0.8), new StageFigures("parse", pool.Rows, 3, 1, 0.04)],
        PeakRssBytes = 123_000_000,
        PeakRowsInFlight = 1024,
        PeakBytesInFlight = 2_500_000,
    };

    private void Fill(string folder)
    {
        PoolPlan plan = new()
        {
            Files = [.. Files.Select((f, i) => new PlannedFile(i, f, "/made-up/" + f, SourceFormat.JsonLines, Compression.None, "auto", "label", null, 4096, "0123456789abcdef0123", -1))],
            Settings = Settings,
        };
        Directory.CreateDirectory(folder);
        plan.Save(folder);
        using PoolWriter writer = new(folder, plan, _tables, new Dictionary<string, string> { ["quality"] = "sha-quality" }, withDuplicates: Columns.Contains("duplicate_of"));
        int half = Rows / 2;
        writer.Append(Batch(0, half, 0));
        writer.Append(Batch(half, Rows - half, Rejected));
    }

    private RowBatch Batch(int first, int count, int rejected)
    {
        Sample[] samples = [.. Enumerable.Range(first, count).Select(row =>
        {
            string json = $$"""{"instruction":{{JsonSerializer.Serialize(Text(row), s_plain)}},"output":"{{(row * 2).ToString(CultureInfo.InvariantCulture)}}"}""";
            (long of, float similarity) = Duplicate(row);
            return new Sample(new RowOrigin(0, row + 1, row * 10), Encoding.UTF8.GetBytes(json), [], default)
            {
                Row = row,
                DuplicateOf = of,
                Similarity = similarity,
            };
        })];
        RowBatch batch = new()
        {
            Sequence = 0,
            Samples = samples,
            Rejections = [.. Enumerable.Range(0, rejected).Select(i => new Rejection(new RowOrigin(0, 900 + i, 9000 + i), "parse", "no good", new byte[] { 0x41 }))],
            ClosesSegment = true,
            File = 0,
            NextOffset = (first + count) * 10,
            NextNumber = first + count,
        };
        foreach (string column in Columns.Where(c => c is not "duplicate_of"))
        {
            batch.Columns[column] = column switch
            {
                "category" => new TextData([.. samples.Select(s => Category((int)s.Row))]),
                "quality" => new NumberData([.. samples.Select(s => Quality((int)s.Row))]),
                "embedding" => new VectorData([.. samples.SelectMany(s => Vector((int)s.Row))], 4),
                "complexity" => new NumberListData([.. samples.Select(s => new double[] { s.Row, s.Row + 2 })]),
                "tags" => new TextListData([.. samples.Select(s => Tags((int)s.Row))]),
                "turns" => new IntegerData([.. samples.Select(s => s.Row % 5)]),
                _ => throw new ArgumentException(column),
            };
        }

        return batch;
    }

    // Two rings, so that a map has something to show; no two rows lie on one point.
    private static float[] Vector(int row)
    {
        double turn = row * 0.7;
        double size = row % 2 == 0 ? 3 : 1;
        return [(float)(size * Math.Cos(turn)), (float)(size * Math.Sin(turn) / 2), row * 0.0001f, 0];
    }

    private sealed class FixedTime : TimeProvider
    {
        public static FixedTime Instance { get; } = new();

        public override DateTimeOffset GetUtcNow() => new(2025, 3, 4, 15, 6, 7, TimeSpan.Zero);

        public override long GetTimestamp() => 0;
    }
}
