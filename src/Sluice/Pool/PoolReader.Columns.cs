using System.Runtime.InteropServices;
using Sluice.Records;

namespace Sluice.Pool;

/// <summary>The pool's columns.</summary>
internal sealed partial class PoolReader
{
    /// <summary>The columns that every segment has, in name order.</summary>
    public IReadOnlyList<StoredColumn> Columns()
    {
        List<LedgerRecord> filled = [.. Records.Where(r => r.Rows > 0)];
        return filled.Count == 0 ? [] : [.. filled[0].Columns
            .Where(c => filled.All(r => r.Columns.Any(o => o.Name == c.Name)))
            .OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    /// <summary>A column over all rows, read whole. Numbers and categories are read once and given to everyone who asks, so nobody may change them. Throws <see cref="InvalidDataException"/> listing the pool's columns when there is no such one.</summary>
    public ColumnData Column(string name)
    {
        if (Rows == 0)
        {
            throw new InvalidDataException($"The pool {Folder} holds no rows, so it has no column '{name}'.");
        }

        if (name == PoolColumns.Source && !Columns().Any(c => c.Name == name))
        {
            return Sources();
        }

        // Outputs that are written side by side ask for the same columns.
        lock (_reading)
        {
            return _columns.TryGetValue(name, out ColumnData? held) ? held : Read(name);
        }
    }

    private ColumnData Read(string name)
    {
        CheckOneModel(name);
        LedgerRecord[] records = [.. Records.Where(r => r.Rows > 0)];
        if (Find(records[0], name).Kind == ColumnKind.Vector)
        {
            return ColumnJoin.Join(name, [.. records.Select(record => Column(record, name))]);
        }

        ColumnData column = ReadJoined(name, records);
        if (column is NumberData or IntegerData || (column is TextData texts && SharedTexts.Share(texts)))
        {
            _columns[name] = column;
        }

        return column;
    }

    private ColumnData ReadJoined(string name, LedgerRecord[] records)
    {
        ColumnKind kind = Find(records[0], name).Kind;
        return Array.Find(records, r => Find(r, name).Kind != kind) is { } other
            ? throw new InvalidDataException($"Column '{name}' changes its kind in segment {other.Segment}: found {Find(other, name).Kind}, expected {kind} as before.")
            : _tables.ReadJoined([.. records.Select(r => (Path.Combine(SegmentFiles.PathOf(Folder, r.Segment), Find(r, name).File), r.Rows))], [name])[0].Data;
    }

    // Kept by no column, as the plan says it: each row's file by its label, or by its name where it has none.
    private TextData Sources()
    {
        string?[] values = new string?[Rows];
        for (int segment = 0; segment < Records.Count; segment++)
        {
            LedgerRecord record = Records[segment];
            bool isHeld = _segments[segment] is not null;
            SegmentRows? rows = record.Rows == 0 ? null : SegmentRows(segment);
            for (int i = 0; i < record.Rows; i++)
            {
                PlannedFile file = Plan.Files[rows!.Place(i).File];
                values[record.FirstRow + i] = file.Label.Length > 0 ? file.Label : file.Name;
            }

            if (!isHeld)
            {
                Release(segment);
            }
        }

        return new TextData(values);
    }

    /// <summary>A column over the rows of one segment. Throws <see cref="InvalidDataException"/> listing the pool's columns when there is no such one.</summary>
    public ColumnData Column(LedgerRecord record, string name)
    {
        StoredColumn column = Find(record, name);
        string path = Path.Combine(SegmentFiles.PathOf(Folder, record.Segment), column.File);
        ColumnData data = column.Kind == ColumnKind.Vector ? ReadVectors(path, record.Rows, column.Width) : _tables.Read(path, [name])[0].Data;
        return data.Count == record.Rows
            ? data
            : throw new InvalidDataException($"Found {data.Count} values in {path}, expected {record.Rows}. Run 'sluice verify' on the pool.");
    }

    // Numbers of two models must not be compared: a rescoring was cut off in between.
    private void CheckOneModel(string name)
    {
        string[] makers = [.. Records.Where(r => r.Rows > 0).Select(r => Find(r, name).Fingerprint).Distinct()];
        if (makers.Length > 1)
        {
            throw new InvalidDataException($"Found the scores of {makers.Length} models in column '{name}' of {Folder}, expected those of one: scoring again was cut off. Run the pipeline again; it goes on there.");
        }
    }

    private StoredColumn Find(LedgerRecord record, string name) => record.Columns.FirstOrDefault(c => c.Name == name) ?? throw NoColumn(name);

    private InvalidDataException NoColumn(string name) => new(
        $"The pool has no column '{name}'.{Diagnostics.Suggestion.DidYouMean(name, Columns().Select(c => c.Name))} It has: {string.Join(", ", Columns().Select(c => c.Name))}.");

    private static VectorData ReadVectors(string path, long rows, int width)
    {
        float[] values = new float[checked(rows * width)];
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return new VectorData(values, width);
    }
}
