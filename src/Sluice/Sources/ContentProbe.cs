using Sluice.Records;

namespace Sluice.Sources;

/// <summary>Looks at the first bytes of a file to see what it is. A name that says otherwise is overruled where the content leaves no doubt.</summary>
/// <param name="zstandard">Opens <c>.zst</c> files.</param>
internal sealed class ContentProbe(IStreamDecoder zstandard)
{
    private const int HeadLength = 4096;

    /// <summary>Finds format and compression, or says in <paramref name="fault"/> what is wrong. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when the file cannot be read.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="stated">The format the user stated, or null.</param>
    /// <param name="fault">Found, expected and remedy; null when all is well.</param>
    public FileNature Probe(string path, SourceFormat? stated, out string? fault)
    {
        fault = null;
        Compression named = FileEndings.SplitCompression(path, out _);
        SourceFormat format = stated ?? FileEndings.Format(path)!.Value;
        byte[] head = FileBytes.Head(path, Compression.None, HeadLength, zstandard);
        if (head.Length == 0)
        {
            // No bytes, no rows; and no footer that a Parquet reader could look for.
            return new FileNature(SourceFormat.JsonLines, Compression.None);
        }

        if (head.AsSpan().StartsWith("PAR1"u8) || format == SourceFormat.Parquet)
        {
            fault = Parquet(head, format);
            return new FileNature(format, Compression.None);
        }

        Compression found = Compressed(head);
        if (found == Compression.None && named != Compression.None && !StartsJson(head))
        {
            fault = $"Found a file that begins with {Hex(head)}, expected {named} data as its ending says. Fetch it again.";
            return new FileNature(format, named);
        }

        byte[] text = found == Compression.None ? head : ReadDecoded(path, found);
        fault = Text(text, stated, ref format, path);
        return new FileNature(format, found);
    }

    private static string? Parquet(byte[] head, SourceFormat format) => (head.AsSpan().StartsWith("PAR1"u8), format == SourceFormat.Parquet) switch
    {
        (true, false) => "Found a Parquet file (it begins with PAR1), expected JSON as its name or Format says. Name it .parquet or state \"Format\": \"parquet\".",
        (false, true) => $"Found a file that begins with {Hex(head)}, expected PAR1 as every Parquet file does.",
        _ => null,
    };

    private static string? Text(byte[] text, SourceFormat? stated, ref SourceFormat format, string path)
    {
        if (text.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || text.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return "Found UTF-16 text, expected UTF-8. Convert it, for instance with iconv -f UTF-16 -t UTF-8.";
        }

        ReadOnlySpan<byte> body = text.AsSpan().StartsWith("\uFEFF"u8) ? text.AsSpan(3) : text;
        body = body.TrimStart(" \t\r\n"u8);
        SourceFormat seen = IsArray(body, FileEndings.Format(path)) ? SourceFormat.JsonArray : SourceFormat.JsonLines;
        if (stated is null)
        {
            format = seen;
            return FileEndings.Format(path) == SourceFormat.JsonArray && IsLoneObject(body)
                ? "Found one JSON object over several lines, expected an array of objects or one object a line. Put the rows into an array."
                : null;
        }

        return stated == SourceFormat.JsonArray && !body.IsEmpty && body[0] == '{'
            ? "Found text that begins with '{', expected '[' as Format \"json\" says. State \"Format\": \"jsonl\" for one object a line."
            : null;
    }

    // In a .json file a bracket begins the array. In a .jsonl file it may be one bad row, unless the array goes on past its line.
    private static bool IsArray(ReadOnlySpan<byte> body, SourceFormat? ending)
    {
        if (body.IsEmpty || body[0] != '[')
        {
            return false;
        }

        int lineBreak = body.IndexOf((byte)'\n');
        return ending == SourceFormat.JsonArray || (lineBreak >= 0 && !body[..lineBreak].TrimEnd(" \t\r"u8).EndsWith("]"u8));
    }

    private static bool IsLoneObject(ReadOnlySpan<byte> body)
    {
        int lineBreak = body.IndexOf((byte)'\n');
        return lineBreak > 0 && body[..lineBreak].TrimEnd(" \t\r"u8).SequenceEqual("{"u8);
    }

    private static bool StartsJson(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> body = (head.StartsWith("\uFEFF"u8) ? head[3..] : head).TrimStart(" \t\r\n"u8);
        return !body.IsEmpty && body[0] is (byte)'{' or (byte)'[';
    }

    private static Compression Compressed(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return Compression.GZip;
        }

        // A Zstandard frame, or a skippable frame before it.
        return head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) || (head.Length >= 4 && (head[0] & 0xF0) == 0x50 && head[1..].StartsWith((ReadOnlySpan<byte>)[0x2A, 0x4D, 0x18]))
            ? Compression.Zstandard
            : Compression.None;
    }

    private byte[] ReadDecoded(string path, Compression compression)
    {
        try
        {
            return FileBytes.Head(path, compression, HeadLength, zstandard);
        }
        catch (InvalidDataException)
        {
            // Damaged right at the beginning: reading it will say so, row and all.
            return [];
        }
    }

    private static string Hex(ReadOnlySpan<byte> head) => Convert.ToHexString(head[..Math.Min(4, head.Length)]);
}
