using System.IO.Compression;
using System.Text;
using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Tests.Sources;

/// <summary>Shared steps of the source tests.</summary>
internal static class SourceFixture
{
    public static SourceFile File(string path, SourceFormat format, Compression compression = Compression.None) =>
        new(0, path, Path.GetFileName(path), format, compression, RowShapes.Auto, "", null);

    public static async Task<List<RawChunk>> ChunksAsync(ISource source, SourceFile file, SourcePosition from = default, int rows = 1000, long bytes = long.MaxValue)
    {
        List<RawChunk> chunks = [];
        await foreach (RawChunk chunk in source.ReadAsync(file, from, rows, bytes, CancellationToken.None))
        {
            chunks.Add(chunk);
        }

        Assert.True(chunks[^1].End);
        Assert.All(chunks.SkipLast(1), chunk => Assert.False(chunk.End));
        return chunks;
    }

    public static async Task<List<RawRow>> RowsAsync(ISource source, SourceFile file, SourcePosition from = default, int rows = 1000, long bytes = long.MaxValue) =>
        [.. (await ChunksAsync(source, file, from, rows, bytes)).SelectMany(chunk => chunk.Rows)];

    public static string Text(this RawRow row) => Encoding.UTF8.GetString(row.Bytes.Span);

    /// <summary>Everything a row says, for comparing whole rows.</summary>
    public static string Show(this RawRow row) => $"{row.Origin.Number}@{row.Origin.Offset} {row.Text()} {row.Fault}";

    public static byte[] GZip(params byte[][] members)
    {
        using MemoryStream all = new();
        foreach (byte[] member in members)
        {
            using GZipStream encoder = new(all, CompressionLevel.Fastest, leaveOpen: true);
            encoder.Write(member);
        }

        return all.ToArray();
    }

    /// <summary>Runs a framer over bytes that come in parts of the given length, in blocks that it may hold or in a buffer that is written over.</summary>
    public static List<RawChunk> Frame(Func<ChunkBuilder, IRowFramer> make, ReadOnlySpan<byte> bytes, int part, int rows = 1000, bool inBlocks = false)
    {
        byte[] buffer = new byte[part];
        ChunkBuilder chunks = new(0, rows, long.MaxValue);
        IRowFramer framer = make(chunks);
        for (int at = 0; at < bytes.Length; at += part)
        {
            ReadOnlySpan<byte> next = bytes.Slice(at, Math.Min(part, bytes.Length - at));
            RowBlock? block = inBlocks ? new RowBlock(part) : null;
            byte[] target = block?.Bytes ?? buffer;
            target.AsSpan().Fill((byte)'#');
            next.CopyTo(target);
            framer.Push(target.AsMemory(0, next.Length), block);
            block?.Release();
        }

        framer.Finish();
        List<RawChunk> all = [];
        while (chunks.TryTake(out RawChunk? chunk))
        {
            all.Add(chunk);
        }

        return all;
    }
}
