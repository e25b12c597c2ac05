using System.Text;
using Sluice.Records;

namespace Sluice.Sources.JsonArrays;

/// <summary>Finds the field name with which the elements of an array usually begin.</summary>
internal static class ElementNames
{
    /// <summary>The most common first field name of the elements in the first bytes of a file, as it is spelt; empty when there is none. The first element may be a broken one.</summary>
    /// <param name="head">First bytes of the file; an element cut by their end does not count.</param>
    /// <param name="maxRowBytes">Bytes of one row at most.</param>
    public static byte[] Usual(ReadOnlyMemory<byte> head, int maxRowBytes)
    {
        // With the names of the elements themselves first: to take any name is to take nested objects for elements too.
        byte[] usual = Usual(head, maxRowBytes, hint: []);
        return usual.Length > 0 ? usual : Usual(head, maxRowBytes, hint: null);
    }

    private static byte[] Usual(ReadOnlyMemory<byte> head, int maxRowBytes, byte[]? hint)
    {
        ChunkBuilder chunks = new(0, int.MaxValue, long.MaxValue);
        ElementFramer framer = new(chunks, SourcePosition.Start, maxRowBytes, hint);
        framer.Push(head, block: null);
        framer.Finish();
        if (!chunks.TryTake(out RawChunk? chunk))
        {
            return [];
        }

        string? usual = chunk.Rows.Where(row => row.Fault is null).Select(FirstName).Where(name => name.Length > 0)
            .CountBy(name => name, StringComparer.Ordinal).OrderByDescending(count => count.Value).Select(count => count.Key).FirstOrDefault();
        return usual is null ? [] : Encoding.Latin1.GetBytes(usual);
    }

    // Latin-1 keeps every byte as it is.
    private static string FirstName(RawRow row) => Encoding.Latin1.GetString(JsonText.FirstName(row.Bytes.Span));
}
