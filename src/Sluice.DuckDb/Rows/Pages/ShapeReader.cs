namespace Sluice.DuckDb.Rows.Pages;

/// <summary>Reads how many rows and which columns the footer of a Parquet file names (parquet.thrift: FileMetaData, SchemaElement, RowGroup).</summary>
internal static class ShapeReader
{
    /// <summary>Rows of the file, rows of each group, and the names of the top-level columns.</summary>
    public static (long Rows, IReadOnlyList<long> Groups, IReadOnlyList<string> Columns) Read(ReadOnlySpan<byte> footer)
    {
        long rows = 0;
        List<long> groups = [];
        IReadOnlyList<string> columns = [];
        CompactReader reader = new(footer);
        reader.BeginStruct();
        while (reader.NextField())
        {
            switch (reader.Field)
            {
                case 2:
                    columns = Columns(ref reader);
                    break;
                case 3:
                    rows = reader.Number();
                    break;
                case 4:
                    for (int left = reader.List(CompactType.Struct); left > 0; left--)
                    {
                        groups.Add(Rows(ref reader));
                    }

                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (rows, groups, columns);
    }

    // The schema is a tree written depth first, each node with the number of its children.
    private static List<string> Columns(ref CompactReader reader)
    {
        List<string> names = [];
        Stack<long> open = new();
        bool root = true;
        for (int left = reader.List(CompactType.Struct); left > 0; left--)
        {
            (string name, long children) = Element(ref reader);
            while (open.Count > 0 && open.Peek() == 0)
            {
                open.Pop();
            }

            if (!root)
            {
                if (open.Count == 1)
                {
                    names.Add(name);
                }

                open.Push(open.TryPop(out long more) ? more - 1 : throw new InvalidDataException("found more columns than its schema has room for"));
            }

            root = false;
            open.Push(children);
        }

        return names;
    }

    private static (string Name, long Children) Element(ref CompactReader reader)
    {
        (string name, long children) = ("", 0);
        int outer = reader.BeginStruct();
        while (reader.NextField())
        {
            switch (reader.Field)
            {
                case 4:
                    name = reader.Text();
                    break;
                case 5:
                    children = reader.Number();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.EndStruct(outer);
        return (name, children);
    }

    private static long Rows(ref CompactReader reader)
    {
        long rows = 0;
        int outer = reader.BeginStruct();
        while (reader.NextField())
        {
            if (reader.Field == 3)
            {
                rows = reader.Number();
            }
            else
            {
                reader.Skip();
            }
        }

        reader.EndStruct(outer);
        return rows;
    }
}
