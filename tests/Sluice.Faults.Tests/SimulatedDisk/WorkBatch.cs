using Sluice.Records;

namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>A batch of a workload.</summary>
/// <param name="File">Its input file.</param>
/// <param name="First">Rows of that file before it.</param>
/// <param name="Rows">Its rows in order.</param>
/// <param name="Ends">Whether it ends its file.</param>
/// <param name="Closes">Whether it closes its segment.</param>
internal sealed record WorkBatch(int File, long First, IReadOnlyList<WorkRow> Rows, bool Ends, bool Closes)
{
    /// <summary>Bytes that stand for a row's place in its file.</summary>
    public const long RowBytes = 10;

    /// <summary>The batch as the pool takes it, scored by the models of a version.</summary>
    public RowBatch Make(int version)
    {
        WorkRow[] rows = [.. Rows.Where(row => !row.IsRejected)];
        RowBatch batch = new()
        {
            Sequence = 0,
            Samples = [.. rows.Select(Sample)],
            Rejections = [.. Rows.Where(row => row.IsRejected).Select(row => new Rejection(Origin(row), "parse", "no good", row.Raw))],
            ClosesSegment = Closes,
            File = File,
            NextOffset = (First + Rows.Count) * RowBytes,
            NextNumber = First + Rows.Count,
            EndsFile = Ends,
        };
        foreach ((string name, ColumnData data) in Scores(rows, version))
        {
            batch.Columns[name] = data;
        }

        batch.Columns["category"] = new TextData([.. rows.Select(row => Category(row))]);
        batch.Columns["embedding"] = new VectorData([.. rows.SelectMany(row => Embedding(row))], 2);
        return batch;
    }

    /// <summary>The columns that are scored again by a new version, over some rows.</summary>
    public static Dictionary<string, ColumnData> Scores(IEnumerable<WorkRow> rows, int version)
    {
        Dictionary<string, ColumnData> scores = new() { ["quality"] = new NumberData([.. rows.Select(row => Quality(row, version))]) };
        if (version > 1)
        {
            scores["complexity"] = new NumberData([.. rows.Select(row => -Quality(row, version))]);
        }

        return scores;
    }

    public static double Quality(WorkRow row, int version) => (row.Row / 10.0) + (1000 * version);

    public static string Category(WorkRow row) => row.Row % 2 == 0 ? "even" : "odd";

    public static float[] Embedding(WorkRow row) => [row.Row, -row.Number];

    /// <summary>Where a row was read.</summary>
    public static RowOrigin Origin(WorkRow row) => new(row.File, row.Number, (row.Number - 1) * RowBytes);

    private static Sample Sample(WorkRow row) => new(Origin(row), row.Raw, [], default)
    {
        Row = row.Row,
        ContentHash = (UInt128)(row.DuplicateOf < 0 ? row.Row : row.DuplicateOf),
        DuplicateOf = row.DuplicateOf,
        Similarity = row.DuplicateOf < 0 ? float.NaN : 1,
        IsExactDuplicate = row.DuplicateOf >= 0,
    };
}
