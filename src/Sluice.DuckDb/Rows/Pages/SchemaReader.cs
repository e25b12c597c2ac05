namespace Sluice.DuckDb.Rows.Pages;

/// <summary>Reads the levels of the columns out of the schema, a tree written depth first (parquet.thrift: SchemaElement).</summary>
internal static class SchemaReader
{
    private const int Optional = 1;
    private const int Repeated = 2;

    /// <summary>The levels of the leaves, in the order of their columns.</summary>
    public static List<ColumnLevels> Leaves(ref CompactReader reader)
    {
        List<ColumnLevels> leaves = [];
        Stack<(long Left, ColumnLevels Levels)> open = new();
        for (int left = reader.List(CompactType.Struct); left > 0; left--)
        {
            (long kind, long children) = Element(ref reader);
            while (open.Count > 0 && open.Peek().Left == 0)
            {
                open.Pop();
            }

            // The root has no parent, and what it says of its own repetition does not count.
            ColumnLevels levels = default;
            if (open.TryPop(out (long Left, ColumnLevels Levels) parent))
            {
                open.Push((parent.Left - 1, parent.Levels));
                levels = new ColumnLevels(parent.Levels.Definition + (kind is Optional or Repeated ? 1 : 0), parent.Levels.Repetition + (kind == Repeated ? 1 : 0));
            }

            if (children > 0 || open.Count == 0)
            {
                open.Push((children, levels));
            }
            else
            {
                leaves.Add(levels);
            }
        }

        return leaves;
    }

    private static (long Kind, long Children) Element(ref CompactReader reader)
    {
        (long kind, long children) = (0, 0);
        int outer = reader.BeginStruct();
        while (reader.NextField())
        {
            switch (reader.Field)
            {
                case 3:
                    kind = reader.Number();
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
        return (kind, children);
    }
}
