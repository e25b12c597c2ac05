using System.Text;
using Sluice.DuckDb;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Tests.Pool;

/// <summary>Makes small real pools.</summary>
internal static class PoolFixture
{
    public static DuckDbFiles Tables { get; } = new(new DuckDbOptions());

    public static PoolPlan Plan(params string[] files) => new()
    {
        Files = [.. files.Select((f, i) => new PlannedFile(i, f, "/made-up/" + f, SourceFormat.JsonLines, Compression.None, "auto", "", null, 1, new string('0', 64), -1))],
        Settings = new Dictionary<string, string> { ["Flow:BatchRows"] = "4" },
    };

    public static RowBatch Batch(long firstRow, int count, bool closes, Action<Sample>? change = null, int rejected = 0, bool ends = false)
    {
        Sample[] samples = [.. Enumerable.Range(0, count).Select(i =>
        {
            long row = firstRow + i;
            Sample sample = new(new RowOrigin(0, row + 1, row * 10), Encoding.UTF8.GetBytes($$"""{"instruction":"say {{row}}","output":"{{row}} é"}"""), [], default)
            {
                Row = row,
                ContentHash = (UInt128)row,
            };
            change?.Invoke(sample);
            return sample;
        })];
        RowBatch batch = new()
        {
            Sequence = 0,
            Samples = samples,
            Rejections = [.. Enumerable.Range(0, rejected).Select(i => new Rejection(new RowOrigin(0, 900 + i, 9000 + i), "parse", "no good", new byte[] { 0xFF, 0x41 }))],
            ClosesSegment = closes,
            File = 0,
            NextOffset = (firstRow + count) * 10,
            NextNumber = firstRow + count,
            EndsFile = ends,
        };
        batch.Columns["quality"] = new NumberData([.. samples.Select(s => s.IsDuplicate ? double.NaN : s.Row / 10.0)]);
        batch.Columns["category"] = new TextData([.. samples.Select(s => s.Row % 2 == 0 ? "even" : "odd")]);
        batch.Columns["embedding"] = new VectorData([.. samples.SelectMany(s => new float[] { s.Row, -s.Row })], 2);
        return batch;
    }

    public static PoolWriter Writer(string folder, PoolPlan plan)
    {
        Directory.CreateDirectory(folder);
        plan.Save(folder);
        return new PoolWriter(folder, plan, Tables, new Dictionary<string, string> { ["quality"] = "q1" }, withDuplicates: true);
    }
}
