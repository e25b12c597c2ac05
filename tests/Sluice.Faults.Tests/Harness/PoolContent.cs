using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.DuckDb;
using Sluice.Pool;
using Sluice.Records;

namespace Sluice.Faults.Tests.Harness;

/// <summary>What a work directory holds, read through the pool's own reader.</summary>
/// <param name="Stored">A line for every file that the ledger names: segment, name, length, digest.</param>
/// <param name="Columns">A line for every column of every segment.</param>
/// <param name="Counts">Rows by fate, by the ledger.</param>
/// <param name="Annotated">Numbers of the rows that went through every stage.</param>
/// <param name="Duplicates">Numbers of the rows that repeat another.</param>
/// <param name="Rejected">Numbers of the rows in <c>rejects.jsonl</c>.</param>
/// <param name="Payloads">Bytes of every row by its number, as pool or rejects hold it; the last where a number comes twice.</param>
internal sealed record PoolContent(
    IReadOnlyList<string> Stored, IReadOnlyList<string> Columns, RowCounts Counts, IReadOnlyList<long> Annotated, IReadOnlyList<long> Duplicates, IReadOnlyList<long> Rejected,
    IReadOnlyDictionary<long, byte[]> Payloads)
{
    /// <summary>Reads a work directory.</summary>
    public static PoolContent Read(string work, DuckDbFiles tables)
    {
        using PoolReader reader = PoolReader.Open(work, tables);
        long[] duplicateOf = ((IntegerData)reader.Column(PoolColumns.DuplicateOf)).Values;
        List<long> annotated = [];
        List<long> duplicates = [];
        List<long> rejected = [];
        Dictionary<long, byte[]> payloads = [];
        for (long row = 0; row < reader.Rows; row++)
        {
            RowOrigin origin = reader.Origin(row);
            Assert.Equal(0, origin.File);
            (duplicateOf[row] == IntegerData.Missing ? annotated : duplicates).Add(origin.Number);
            payloads[origin.Number] = reader.ReadRow(row);
        }

        foreach (JsonNode line in File.ReadLines(Path.Combine(work, "rejects.jsonl")).Select(static l => JsonNode.Parse(l)!))
        {
            long number = (long)line["number"]!;
            rejected.Add(number);
            payloads[number] = line["raw"] is { } text ? Encoding.UTF8.GetBytes((string)text!) : Convert.FromBase64String((string)line["rawBase64"]!);
        }

        return new PoolContent(
            [.. reader.Records.SelectMany(static r => r.Stored.Select(s => string.Create(CultureInfo.InvariantCulture, $"{r.Segment}/{s.Name} {s.Bytes} {s.Sha256}"))).Order(StringComparer.Ordinal)],
            [.. reader.Records.SelectMany(static r => r.Columns.Select(c => string.Create(CultureInfo.InvariantCulture, $"{r.Segment}/{c.Name} {c.Kind} {c.File} {c.Width} {c.Fingerprint}"))).Order(StringComparer.Ordinal)],
            reader.Counts, annotated, duplicates, rejected, payloads);
    }
}
