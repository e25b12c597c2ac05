namespace Sluice.DuckDb.Rows.Pages;

/// <summary>Reads where the footer of a Parquet file says that pages are (parquet.thrift: FileMetaData, RowGroup, ColumnChunk, ColumnMetaData).</summary>
internal static class FooterReader
{
    /// <summary>Column chunks of each row group. Those in other files and encrypted ones are left out.</summary>
    public static List<List<ColumnChunk>> Groups(ReadOnlySpan<byte> footer)
    {
        List<List<ColumnChunk>> groups = [];
        CompactReader reader = new(footer);
        reader.BeginStruct();
        while (reader.NextField())
        {
            if (reader.Field != 4)
            {
                reader.Skip();
                continue;
            }

            for (int left = reader.List(CompactType.Struct); left > 0; left--)
            {
                groups.Add(Group(ref reader));
            }
        }

        return groups;
    }

    private static List<ColumnChunk> Group(ref CompactReader reader)
    {
        List<ColumnChunk> chunks = [];
        int outer = reader.BeginStruct();
        while (reader.NextField())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            for (int left = reader.List(CompactType.Struct); left > 0; left--)
            {
                Chunk(ref reader, chunks);
            }
        }

        reader.EndStruct(outer);
        return chunks;
    }

    private static void Chunk(ref CompactReader reader, List<ColumnChunk> chunks)
    {
        bool isElsewhere = false;
        ColumnChunk? chunk = null;
        int outer = reader.BeginStruct();
        while (reader.NextField())
        {
            if (reader.Field == 3)
            {
                chunk = MetaData(ref reader);
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

    private static ColumnChunk MetaData(ref CompactReader reader)
    {
        string name = "";
        long values = 0, pages = 0, dictionary = 0;
        int outer = reader.Struct();
        while (reader.NextField())
        {
            switch (reader.Field)
            {
                case 3:
                    string[] path = new string[reader.List(CompactType.Binary)];
                    for (int i = 0; i < path.Length; i++)
                    {
                        path[i] = reader.Text();
                    }

                    name = string.Join('.', path);
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
        return new ColumnChunk(name, values, dictionary >= 4 ? dictionary : pages);
    }
}
