using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sluice.Pool.Disk;
using Sluice.Records;

namespace Sluice.Pool;

/// <summary>Names and formats of a segment's files.</summary>
internal static class SegmentFiles
{
    public const string Folder = "segments";

    /// <summary>Folder of the pool that holds mended rejects, a file a segment of them.</summary>
    public const string Replays = "replays";
    private const string Area = "column";
    public const string Rows = "rows.jsonl";
    public const string Index = "rows.parquet";
    public const string Rejects = "rejects.jsonl";

    /// <summary>The segment's line of the ledger once more. No file that the ledger vouches for: it is compared with the ledger itself.</summary>
    public const string Record = "segment.json";

    /// <summary>The folder of a segment.</summary>
    public static string PathOf(string pool, long segment) =>
        Path.Combine(pool, Folder, segment.ToString("D6", CultureInfo.InvariantCulture));

    /// <summary>Writes a column to its file and says what was stored: Parquet, or the raw row-major matrix for vectors.</summary>
    public static StoredColumn WriteColumn(PoolDisk disk, ITableFiles tables, string folder, string name, ColumnData data, string fingerprint)
    {
        if (data is VectorData vectors)
        {
            string file = name + ".f32";
            using DiskFile stream = disk.Create(Path.Combine(folder, file), Area);
            stream.Write(MemoryMarshal.AsBytes(vectors.Values.AsSpan()));
            stream.Flush();
            return new StoredColumn(name, ColumnKind.Vector, file, vectors.Width, fingerprint);
        }

        ColumnKind kind = data switch
        {
            IntegerData => ColumnKind.Integer,
            NumberData => ColumnKind.Number,
            TextData => ColumnKind.Text,
            NumberListData => ColumnKind.NumberList,
            TextListData => ColumnKind.TextList,
            _ => throw new InvalidOperationException($"Unknown column kind {data.GetType()}. This is a bug."),
        };
        string path = Path.Combine(folder, name + ".parquet");
        disk.Native(path, Area, () => tables.Write(path, [new NamedColumn(name, data)]));
        return new StoredColumn(name, kind, name + ".parquet", 0, fingerprint);
    }

    /// <summary>A name beside the file of that name which nothing in the folder bears yet: <c>quality.2.parquet</c>.</summary>
    public static string NextName(string folder, string file)
    {
        string name = file;
        for (int number = 2; File.Exists(Path.Combine(folder, name)); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(file)}.{number}{Path.GetExtension(file)}");
        }

        return name;
    }

    /// <summary>Length and digest of a file.</summary>
    public static StoredFile Describe(string folder, string name)
    {
        using FileStream stream = new(Path.Combine(folder, name), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        return new StoredFile(name, stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}
