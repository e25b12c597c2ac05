using System.Text.Json.Nodes;
using Sluice.Pool;
using Sluice.Records;

namespace Sluice.Runs.Why;

/// <summary>Reads what the pool's columns say of a row, and where that stands among all rows.</summary>
internal static class RowScores
{
    private const int MostText = 400;

    /// <summary>The columns but those of repeats, in name order; quality and complexity first, the vector last.</summary>
    public static IReadOnlyList<RowScore> Of(PoolReader pool, long row) =>
    [
        .. pool.Columns().Where(c => c.Name is not (PoolColumns.DuplicateOf or PoolColumns.Similarity))
            .OrderBy(c => c.Name switch { PoolColumns.Quality => 0, PoolColumns.Complexity => 1, _ when c.Kind == ColumnKind.Vector => 3, _ => 2 })
            .ThenBy(c => c.Name, StringComparer.Ordinal)
            .Select(c => Of(pool, c, row)),
    ];

    private static RowScore Of(PoolReader pool, StoredColumn column, long row)
    {
        switch (column.Kind)
        {
            case ColumnKind.Vector:
                // A matrix of a million rows is not read for one.
                VectorData vector = pool.Vectors(column.Name, [row]);
                return new RowScore(column.Name, float.IsNaN(vector.Values[0]) ? null : new JsonObject { ["width"] = vector.Width, ["first"] = vector.Values[0] }, column.Fingerprint, null, null, 0);
            case ColumnKind.TextList:
                LedgerRecord record = pool.Records[pool.SegmentOf(row)];
                string[]? list = ((TextListData)pool.Column(record, column.Name)).Values[row - record.FirstRow];
                return new RowScore(column.Name, list is null ? null : new JsonArray([.. list.Select(t => (JsonNode)t)]), column.Fingerprint, null, null, 0);
            case ColumnKind.Text:
                return Text(column, ((TextData)pool.Column(column.Name)).Values, row);
            default:
                ColumnData data = pool.Column(column.Name);
                double[] values = Numbers(data);
                return Number(column, values, row, data is NumberListData lists && lists.Values[row] is { } turns ? new JsonArray([.. turns.Select(t => (JsonNode)t)]) : null);
        }
    }

    private static RowScore Number(StoredColumn column, double[] values, long row, JsonNode? list)
    {
        double value = values[row];
        if (!double.IsFinite(value))
        {
            return new RowScore(column.Name, list, column.Fingerprint, null, null, 0);
        }

        long of = 0;
        long lower = 0;
        foreach (double other in values)
        {
            of += double.IsFinite(other) ? 1 : 0;
            lower += other < value ? 1 : 0;
        }

        return new RowScore(column.Name, list ?? JsonValue.Create(value), column.Fingerprint, (double)lower / of, null, of);
    }

    private static RowScore Text(StoredColumn column, string?[] values, long row)
    {
        string? value = values[row];
        long of = values.LongCount(v => v is not null);
        return value is null
            ? new RowScore(column.Name, null, column.Fingerprint, null, null, of)
            : new RowScore(column.Name, value.Length > MostText ? value[..MostText] + "…" : value, column.Fingerprint, null, (double)values.LongCount(v => v == value) / of, of);
    }

    private static double[] Numbers(ColumnData data) => data switch
    {
        NumberData d => d.Values,
        IntegerData d => Array.ConvertAll(d.Values, static v => v == IntegerData.Missing ? double.NaN : v),
        NumberListData d => Array.ConvertAll(d.Values, static v => v is { Length: > 0 } ? v.Average() : double.NaN),
        _ => throw new InvalidOperationException($"{data.GetType()} holds no numbers. This is a bug."),
    };
}
