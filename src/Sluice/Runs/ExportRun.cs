using System.Runtime.InteropServices;
using Sluice.Configuration;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Runs.Import;

namespace Sluice.Runs;

/// <summary>Writes columns of a pool as a file of their own.</summary>
internal sealed class ExportRun(ITableFiles tables)
{
    /// <summary>Exports. The ending chooses the format: <c>.parquet</c>, <c>.jsonl</c>, <c>.csv</c> (with <c>row</c> and <c>id</c> first) or <c>.npy</c> (one column of numbers or vectors). Returns the number of rows.</summary>
    public long Run(string poolPath, IReadOnlyList<string> columns, string to)
    {
        using PoolReader pool = PoolReader.Open(poolPath, tables);
        string ending = Path.GetExtension(to).ToLowerInvariant();
        if (ending is not (".parquet" or ".jsonl" or ".csv" or ".npy"))
        {
            throw new ConfigurationException([new("--to", $"Found the ending '{ending}', expected .parquet, .jsonl, .csv or .npy.")]);
        }

        List<NamedColumn> data = [.. columns.Select(c => new NamedColumn(c, pool.Column(c)))];
        string partial = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(to))!, Path.GetFileNameWithoutExtension(to) + ".writing" + ending);
        if (ending == ".npy")
        {
            WriteNpy(data, partial);
        }
        else
        {
            tables.Write(partial,
            [
                new("row", new IntegerData([.. Enumerable.Range(0, checked((int)pool.Rows)).Select(i => (long)i)])),
                new("id", new TextData([.. Enumerable.Range(0, (int)pool.Rows).Select(i => pool.Id(i))])),
                .. data,
            ]);
        }

        File.Move(partial, to, overwrite: true);
        return pool.Rows;
    }

    private static void WriteNpy(List<NamedColumn> data, string path)
    {
        if (data.Count != 1)
        {
            throw new ConfigurationException([new("--columns", $"Found {data.Count} columns, expected one for .npy.")]);
        }

        using FileStream stream = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        switch (data[0].Data)
        {
            case VectorData vectors:
                NpyFile.Write(stream, vectors.Count, vectors.Width, "<f4", MemoryMarshal.AsBytes(vectors.Values.AsSpan()));
                break;
            case NumberData numbers:
                NpyFile.Write(stream, numbers.Count, 0, "<f8", MemoryMarshal.AsBytes(numbers.Values.AsSpan()));
                break;
            case IntegerData integers:
                NpyFile.Write(stream, integers.Count, 0, "<i8", MemoryMarshal.AsBytes(integers.Values.AsSpan()));
                break;
            default:
                throw new ConfigurationException([new("--columns", $"Column '{data[0].Name}' holds neither numbers nor vectors, expected one of these for .npy. Use .parquet, .jsonl or .csv.")]);
        }
    }
}
