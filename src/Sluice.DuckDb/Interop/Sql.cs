using System.Text;

namespace Sluice.DuckDb.Interop;

/// <summary>Quotes what is put into SQL.</summary>
internal static class Sql
{
    /// <summary>A column name.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text.</summary>
    public static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A file to read: absolute, and with its wildcards taken literally.</summary>
    public static string Input(string path)
    {
        StringBuilder pattern = new();
        foreach (char c in Path.GetFullPath(path))
        {
            if (c is '*' or '?' or '[')
            {
                pattern.Append('[').Append(c).Append(']');
            }
            else
            {
                pattern.Append(c);
            }
        }

        return Text(pattern.ToString());
    }

    /// <summary>A file to write: absolute.</summary>
    public static string Output(string path) => Text(Path.GetFullPath(path));
}
