using System.IO.Compression;
using Sluice.Records;

namespace Sluice.Demo;

/// <summary>Writes a demo pool and its truth to files; neither appears under its name before it is whole.</summary>
internal static class DemoWriter
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Path of the truth that belongs to a pool.</summary>
    public static string TruthPath(string path) => path + ".truth.json";

    /// <summary>
    /// Writes <paramref name="rows"/> rows; the ending of <paramref name="path"/> says how: <c>.jsonl</c>, <c>.jsonl.gz</c> or <c>.parquet</c>. The same rows and seed give
    /// the same rows in every format, and the same bytes in JSON Lines. Memory does not grow with the pool. What stood under the names is replaced.
    /// Throws <see cref="ArgumentException"/> for another ending and <see cref="IOException"/> when a file cannot be written.
    /// </summary>
    /// <param name="rows">Rows to write; 0 gives an empty file (JSON Lines only).</param>
    /// <param name="seed">Any number; another seed gives other rows.</param>
    /// <param name="path">The pool's file; its folder must exist.</param>
    /// <param name="tables">Writes Parquet; may be null for the other formats.</param>
    /// <param name="token">Stops the writing; partial files are removed.</param>
    public static async Task WriteAsync(long rows, long seed, string path, ITableFiles? tables, CancellationToken token)
    {
        bool parquet = path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);
        bool zipped = path.EndsWith(".jsonl.gz", StringComparison.OrdinalIgnoreCase);
        Check(rows, path, parquet, zipped, tables);
        string lines = path + (parquet ? ".lines.partial" : ".partial");
        string truth = TruthPath(path);
        string[] partial = [lines, path + ".partial", truth + ".partial"];
        try
        {
            await WriteLinesAsync(rows, seed, lines, truth + ".partial", parquet, zipped, token);
            if (parquet)
            {
                tables!.ConvertJsonLinesToParquet(lines, path + ".partial");
                File.Delete(lines);
            }

            token.ThrowIfCancellationRequested();
            File.Move(truth + ".partial", truth, overwrite: true);
            File.Move(path + ".partial", path, overwrite: true);
        }
        finally
        {
            foreach (string left in partial)
            {
                File.Delete(left);
            }
        }
    }

    private static void Check(long rows, string path, bool parquet, bool zipped, ITableFiles? tables)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        if (!parquet && !zipped && !path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"Found the output file '{path}', expected a name that ends in .jsonl, .jsonl.gz or .parquet.", nameof(path));
        }

        if (parquet && rows == 0)
        {
            throw new ArgumentException($"A Parquet file of 0 rows has no columns: ask for at least 1 row, or write '{Path.ChangeExtension(path, ".jsonl")}'.", nameof(rows));
        }

        if (parquet && tables is null)
        {
            throw new ArgumentNullException(nameof(tables), "Parquet is written by DuckDB, which was not given.");
        }
    }

    private static async Task WriteLinesAsync(long rows, long seed, string lines, string truth, bool tabular, bool zipped, CancellationToken token)
    {
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 };
        await using FileStream file = new(lines, options);
        await using Stream zip = zipped ? new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true) : Stream.Null;
        await using DemoTruth planted = new(new FileStream(truth, options), seed);
        using DemoEncoder encoder = new(tabular);
        DemoRows source = new(seed);
        DemoRow row = new();
        Stream target = zipped ? zip : file;
        byte[] buffer = new byte[BufferBytes];
        int used = 0;
        for (long index = 0; index < rows; index++)
        {
            source.Fill(index, row);
            await planted.AddAsync(row, token);
            ReadOnlyMemory<byte> line = encoder.Encode(row);
            if (!line.Span.TryCopyTo(buffer.AsSpan(used)))
            {
                await target.WriteAsync(buffer.AsMemory(0, used), token);
                line.CopyTo(buffer);
                used = 0;
            }

            used += line.Length;
        }

        await target.WriteAsync(buffer.AsMemory(0, used), token);
        await planted.CompleteAsync(token);
    }
}
