using System.IO.Compression;
using Sluice.DuckDb;

namespace Sluice.Faults.Tests.Harness;

/// <summary>What an input file really holds, read without the program's own sources where that can be.</summary>
internal static class InputRows
{
    /// <summary>The bytes of every row by its 1-based number.</summary>
    public static IReadOnlyDictionary<long, byte[]> Read(string path, DuckDbFiles tables)
    {
        if (path.EndsWith(".parquet", StringComparison.Ordinal))
        {
            return tables.ReadRows(path, 0, CancellationToken.None).SelectMany(static chunk => chunk.Select(static row => row.ToArray()).ToArray())
                .Select(static (row, i) => (row, i)).ToDictionary(static r => r.i + 1L, static r => r.row);
        }

        using FileStream file = File.OpenRead(path);
        using Stream lines = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using MemoryStream all = new();
        lines.CopyTo(all);
        Dictionary<long, byte[]> rows = [];
        byte[] bytes = all.ToArray();
        long number = 0;
        for (int at = 0; at < bytes.Length;)
        {
            int end = Array.IndexOf(bytes, (byte)'\n', at);
            end = end < 0 ? bytes.Length : end;
            number++;
            if (end > at)
            {
                rows[number] = bytes[at..end];
            }

            at = end + 1;
        }

        return rows;
    }
}
