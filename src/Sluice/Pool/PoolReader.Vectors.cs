namespace Sluice.Pool;

/// <summary>The pool's vectors without reading them whole.</summary>
internal sealed partial class PoolReader
{
    /// <inheritdoc/>
    public IPoolVectors OpenVectors(string name, IReadOnlyList<long> rows)
    {
        StoredColumn column = VectorColumn(name);
        MappedVectors vectors = new(rows.Count, column.Width);
        try
        {
            Dictionary<int, nint> files = [];
            for (int i = 0; i < rows.Count; i++)
            {
                int segment = SegmentOf(rows[i]);
                LedgerRecord record = Records[segment];
                if (!files.TryGetValue(segment, out nint file))
                {
                    StoredColumn stored = OfWidth(record, name, segment, column.Width);
                    files[segment] = file = vectors.Add(Path.Combine(SegmentFiles.PathOf(Folder, record.Segment), stored.File), record.Rows);
                }

                vectors.Place(i, file, rows[i] - record.FirstRow);
            }

            return vectors;
        }
        catch
        {
            vectors.Dispose();
            throw;
        }
    }

    private StoredColumn VectorColumn(string name)
    {
        StoredColumn column = Columns().FirstOrDefault(c => c.Name == name) ?? throw NoColumn(name);
        if (column.Kind != ColumnKind.Vector)
        {
            throw new InvalidDataException($"Column '{name}' holds {column.Kind} values, expected vectors.");
        }

        CheckOneModel(name);
        return column;
    }

    private StoredColumn OfWidth(LedgerRecord record, string name, int segment, int width)
    {
        StoredColumn stored = Find(record, name);
        return stored.Width == width
            ? stored
            : throw new InvalidDataException($"Column '{name}' has width {stored.Width} in segment {segment}, expected {width} as in the first.");
    }
}
