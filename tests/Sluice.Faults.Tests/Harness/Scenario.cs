using System.Globalization;

namespace Sluice.Faults.Tests.Harness;

/// <summary>A pool and its pipeline: made-up rows with planted duplicates and broken rows, the default models, many small segments, three recipe steps.</summary>
/// <param name="Rows">Rows of the input.</param>
/// <param name="Format">Ending of the input file: <c>jsonl</c>, <c>jsonl.gz</c> or <c>parquet</c>.</param>
/// <param name="SegmentRows">Rows read a segment.</param>
/// <param name="BatchRows">Rows a batch.</param>
internal sealed record Scenario(int Rows, string Format, int SegmentRows, int BatchRows)
{
    /// <summary>Seed of the made-up rows.</summary>
    public const int DemoSeed = 7;

    /// <summary>Name of the pipeline file.</summary>
    public const string PipelineFile = "p.json";

    /// <summary>Name of the input file.</summary>
    public string Input => "rows." + Format;

    /// <summary>Rows of the pool on which most faults are tried.</summary>
    public const int SmallRows = 800;

    /// <summary>The pool on which most faults are tried: 10 segments.</summary>
    public static Scenario Small(string format = "jsonl") => Of(SmallRows, format);

    /// <summary>A pool of so many rows, in 10 segments of 4 batches or, from 1,500 rows on, 15 of them.</summary>
    public static Scenario Of(int rows, string format) => rows < 1500 ? new(rows, format, rows / 10, rows / 40) : new(rows, format, rows / 15, rows / 60);

    /// <summary>Writes input and pipeline into a folder.</summary>
    public void Prepare(string folder)
    {
        HostProcess.Run(folder, "demo", "--rows", Number(Rows), "--seed", Number(DemoSeed), "--out", Input).Expect(0, "demo");
        File.WriteAllText(Path.Combine(folder, PipelineFile), $$"""
            {
              "Name": "p",
              "Sources": [ { "Path": "{{Input}}" } ],
              "Recipe": [ { "Step": "Threshold", "Column": "quality", "Above": -1 }, { "Step": "KCenter", "Count": {{Rows / 8}} }, { "Step": "Proportions" } ],
              "Pool": { "SegmentRows": {{SegmentRows}} },
              "Flow": { "BatchRows": {{BatchRows}} }
            }
            """);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows} rows of {Format}");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
