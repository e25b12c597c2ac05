using System.Text;
using Sluice.DuckDb.Interop;
using Sluice.DuckDb.Rows.Pages;
using Sluice.Records;

namespace Sluice.DuckDb.Rows;

/// <summary>Reads what the footer of a Parquet file says.</summary>
internal static class ParquetFooter
{
    /// <summary>Rows, row groups and top-level columns.</summary>
    public static ParquetShape Read(Connection connection, string path)
    {
        PageCheck.RequireFooter(path);
        string file = Sql.Input(path);
        long rows = Numbers(connection, $"SELECT num_rows FROM parquet_file_metadata({file})")[0];

        // The metadata has a line a column, so groups repeat; a file without columns in a group cannot be.
        List<long> groups = Numbers(connection, $"SELECT any_value(row_group_num_rows) FROM parquet_metadata({file}) WHERE row_group_id IS NOT NULL GROUP BY row_group_id ORDER BY row_group_id");
        return rows == groups.Sum()
            ? new ParquetShape(rows, groups, Columns(connection, file))
            : throw new InvalidDataException($"The footer of '{path}' contradicts itself: found {rows} rows in all and {groups.Sum()} in its {groups.Count} row groups.");
    }

    private static List<long> Numbers(Connection connection, string sql)
    {
        List<long> numbers = [];
        using ResultStream stream = connection.Stream(sql);
        while (stream.MoveNext())
        {
            numbers.AddRange(stream[0].Span<long>(stream.Count));
        }

        return numbers;
    }

    // The schema is a tree written depth first, each node with the number of its children; the names the library gives columns may differ from the file's (a, A_1).
    private static List<string> Columns(Connection connection, string file)
    {
        List<string> names = [];
        Stack<long> open = new();
        using ResultStream stream = connection.Stream($"SELECT name, coalesce(num_children, 0)::BIGINT FROM parquet_schema({file})");
        bool root = true;
        while (stream.MoveNext())
        {
            Vector name = stream[0];
            Vector children = stream[1];
            for (int i = 0; i < stream.Count; i++)
            {
                while (open.Count > 0 && open.Peek() == 0)
                {
                    open.Pop();
                }

                if (!root)
                {
                    if (open.Count == 1)
                    {
                        names.Add(Encoding.UTF8.GetString(name.Bytes(i)));
                    }

                    open.Push(open.Pop() - 1);
                }

                root = false;
                open.Push(children.Get<long>(i));
            }
        }

        return names;
    }
}
