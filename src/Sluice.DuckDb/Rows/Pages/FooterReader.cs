namespace Sluice.DuckDb.Rows.Pages;

/// <summary>Reads where the footer of a Parquet file says that pages are, and what is in them (parquet.thrift: FileMetaData, RowGroup, ColumnChunk, ColumnMetaData).</summary>
internal static class FooterReader
{
    /// <summary>The row groups, and the levels of each column.</summary>
    public static (IReadOnlyList<RowGroup> Groups, IReadOnlyList<ColumnLevels> Levels) Read(ReadOnlySpan<byte> footer)
    {
        List<RowGroup> groups = [];
        IReadOnlyList<ColumnLevels> levels = [];
        CompactReader reader = new(footer);
        reader.BeginStruct();
        while (reader.NextField())
        {
            switch (reader.Field)
            {
                case 2:
                    levels = SchemaReader.Leaves(ref reader);
                    break;
                case 4:
                    for (int left = reader.List(CompactType.Struct); left > 0; left--)
                    {
                        groups.Add(Group(ref reader));
                    }

                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (groups, levels);
    }

    private static RowGroup Group(ref CompactReader reader)
    {
        List<ColumnChunk> chunks = [];
        long rows = 0;
        int outer = reader.BeginStruct();
        while (reader.NextField())
        {
            switch (reader.Field)
            {
                case 1:
                    int count = reader.List(CompactType.Struct);
                    for (int i = 0; i < count; i++)
                    {
                        Chunk(ref reader, i, chunks);
                    }

                    break;
                case 3:
                    rows = reader.Number();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.EndStruct(outer);
        return new RowGroup(rows, chunks);
    }

    private static void Chunk(ref CompactReader reader, int index, List<ColumnChunk> chunks)
    {
        bool isElsewhere = false;
        ColumnChunk? chunk = null;
        int outer = reader.BeginStruct();
        while (reader.NextField())
        {
            if (reader.Field == 3)
            {
                chunk = MetaData(ref reader, index);
            }
            else
            {
                isElsewhere |= reader.Field == 1;
                reader.Skip();
            }
        }

        reader.EndStruct(outer);
        if (chunk is { } here && !isElsewhere)
        {
            chunks.Add(here);
        }
    }

    private static ColumnChunk MetaData(ref CompactReader reader, int index)
    {
        string name = "";
        long codec = 0, values = 0, pages = 0, dictionary = 0;
        int outer = reader.Struct();
        while (reader.NextField())
        {
            switch (reader.Field)
            {
                case 3:
                    name = Path(ref reader);
                    break;
                case 4:
                    codec = reader.Number();
                    break;
                case 5:
                    values = reader.Number();
                    break;
                case 9:
                    pages = reader.Number();
                    break;
                case 11:
                    dictionary = reader.Number();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.EndStruct(outer);

        // The pages follow the dictionary; below the magic bytes there can be none, old writers leave 0.
        return new ColumnChunk(index, name, checked((int)codec), values, dictionary >= 4 ? dictionary : pages);
    }

    private static string Path(ref CompactReader reader)
    {
        string[] path = new string[reader.List(CompactType.Binary)];
        for (int i = 0; i < path.Length; i++)
        {
            path[i] = reader.Text();
        }

        return string.Join('.', path);
    }
}
