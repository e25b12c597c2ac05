using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Sinks;

namespace Sluice.Runs;

/// <summary>One row's passport: where from, every score, every decision and its reason, in sentences.</summary>
internal sealed class Passport(ITableFiles tables)
{
    /// <summary>Tells everything known of a row.</summary>
    /// <param name="path">An output directory, a work directory or a pool.</param>
    /// <param name="rowOrId">A pool row (0-based), or an id <c>file#number</c>.</param>
    public string Describe(string path, string rowOrId)
    {
        string output = Path.GetFullPath(path);
        bool hasRun = File.Exists(Path.Combine(output, OutputFolder.Manifest));
        using PoolReader pool = PoolReader.Open(hasRun ? PoolOf(output) : output, tables);
        long row = Find(pool, rowOrId);
        StringBuilder text = new();
        RowOrigin origin = pool.Origin(row);
        PlannedFile file = pool.Plan.Files[origin.File];
        text.AppendLine(CultureInfo.InvariantCulture, $"Row {row} is {pool.Id(row)}, read from {file.Path} at {(file.Format == Sources.SourceFormat.Parquet ? "row index" : "byte")} {origin.Offset}.");
        if (pool.Records[pool.SegmentOf(row)].Replay is not null)
        {
            text.AppendLine("It was rejected at first, mended, and fed back in by a replay.");
        }

        if (file.Label.Length > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Its source is labelled '{file.Label}'.");
        }

        Columns(pool, row, text);
        if (hasRun)
        {
            Decision(output, row, text);
        }

        string raw = Encoding.UTF8.GetString(pool.ReadRow(row));
        text.Append("The row: ").AppendLine(raw.Length > 1000 ? raw[..1000] + "…" : raw);
        return text.ToString().TrimEnd();
    }

    private static string PoolOf(string output)
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(output, OutputFolder.Manifest)));
        return manifest.RootElement.GetProperty("pool").GetString()!;
    }

    private static long Find(PoolReader pool, string rowOrId)
    {
        if (long.TryParse(rowOrId, NumberStyles.None, CultureInfo.InvariantCulture, out long row))
        {
            return row < pool.Rows ? row : throw new InvalidDataException($"The pool has rows 0 to {pool.Rows - 1}, found {row}.");
        }

        for (row = 0; row < pool.Rows; row++)
        {
            if (pool.Id(row) == rowOrId)
            {
                return row;
            }
        }

        throw new InvalidDataException($"The pool has no row with the id '{rowOrId}'. Ids are file#number, such as {(pool.Rows > 0 ? pool.Id(0) : "pool.jsonl#1")}; a rejected row is in rejects.jsonl of the work directory.");
    }

    private static void Columns(PoolReader pool, long row, StringBuilder text)
    {
        foreach (StoredColumn column in pool.Columns())
        {
            string? value = column.Name == PoolColumns.Similarity ? null : Value(pool.Column(column.Name), row);
            if (column.Name == PoolColumns.DuplicateOf)
            {
                text.AppendLine(value is null ? "It repeats no earlier row." : string.Create(CultureInfo.InvariantCulture,
                    $"It repeats row {value} ({pool.Id(long.Parse(value, CultureInfo.InvariantCulture))}), similarity {Value(pool.Column(PoolColumns.Similarity), row)}; so it was not scored and is no candidate."));
            }
            else if (value is not null)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{column.Name} = {value}  (by {Short(column.Fingerprint)})");
            }
        }
    }

    private static string? Value(ColumnData data, long row) => data switch
    {
        IntegerData d when d.Values[row] == IntegerData.Missing => null,
        IntegerData d => d.Values[row].ToString(CultureInfo.InvariantCulture),
        NumberData d => double.IsNaN(d.Values[row]) ? null : d.Values[row].ToString("0.#####", CultureInfo.InvariantCulture),
        TextData d => d.Values[row],
        NumberListData d => d.Values[row] is { } list ? $"[{string.Join(", ", list.Select(v => v.ToString("0.####", CultureInfo.InvariantCulture)))}]" : null,
        TextListData d => d.Values[row] is { } list ? string.Join(", ", list) : null,
        VectorData d => float.IsNaN(d.Values[row * d.Width]) ? null : $"{d.Width} numbers, the first {d.Values[row * d.Width].ToString("0.####", CultureInfo.InvariantCulture)}",
        _ => null,
    };

    private void Decision(string output, long row, StringBuilder text)
    {
        string needle = string.Create(CultureInfo.InvariantCulture, $"\"row\":{row},");
        string? line = File.ReadLines(Path.Combine(output, SelectionWriter.FileName)).FirstOrDefault(l => l.Contains(needle, StringComparison.Ordinal));
        if (line is not null)
        {
            using JsonDocument chosen = JsonDocument.Parse(line);
            text.AppendLine(CultureInfo.InvariantCulture, $"It was selected, at rank {chosen.RootElement.GetProperty("rank").GetInt64()} (0-based).");
            return;
        }

        IReadOnlyList<NamedColumn> dropped = tables.Read(Path.Combine(output, DroppedWriter.FileName), ["row", "step", "reason"]);
        int at = Array.IndexOf(((IntegerData)dropped[0].Data).Values, row);
        text.AppendLine(at < 0
            ? "It was no candidate: repeated rows are not offered to the recipe."
            : $"It was dropped by the step {((TextData)dropped[1].Data).Values[at]}: {((TextData)dropped[2].Data).Values[at]}.");
    }

    private static string Short(string fingerprint) => fingerprint.Length > 40 ? fingerprint[..40] + "…" : fingerprint;
}
