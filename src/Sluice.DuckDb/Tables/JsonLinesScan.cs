using System.Text.Json;

namespace Sluice.DuckDb.Tables;

/// <summary>Looks at every row of a JSON Lines file.</summary>
internal sealed class JsonLinesScan
{
    private readonly string _path;

    public JsonLinesScan(string path)
    {
        _path = path;
        Read();
    }

    /// <summary>What the rows are.</summary>
    public JsonShape Row { get; } = new();

    /// <summary>Bytes of the longest line.</summary>
    public int Longest { get; private set; }

    /// <summary>Bytes of all lines.</summary>
    public long Bytes { get; private set; }

    /// <summary>Number of lines, blank ones counted.</summary>
    public long Lines { get; private set; }

    private void Read()
    {
        using FileStream file = new(_path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        byte[] buffer = new byte[1 << 20];
        int held = 0;
        for (int read; (read = file.Read(buffer, held, buffer.Length - held)) > 0;)
        {
            Span<byte> bytes = buffer.AsSpan(0, held + read);
            int start = 0;
            for (int at; (at = bytes[Math.Max(start, held)..].IndexOf((byte)'\n')) >= 0;)
            {
                int end = Math.Max(start, held) + at;
                Take(bytes[start..end]);
                start = end + 1;
            }

            held = bytes.Length - start;
            bytes[start..].CopyTo(buffer);
            if (held == buffer.Length)
            {
                Array.Resize(ref buffer, checked(buffer.Length * 2));
            }
        }

        Take(buffer.AsSpan(0, held));
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        Lines++;
        Bytes += line.Length;
        Longest = Math.Max(Longest, line.Length);
        if (!line.ContainsAnyExcept(" \t\r"u8))
        {
            return;
        }

        try
        {
            Utf8JsonReader reader = new(line, new JsonReaderOptions { MaxDepth = 1000 });
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new InvalidDataException($"Found {reader.TokenType} in line {Lines} of '{_path}', expected an object a line.");
            }

            Row.Observe(ref reader);
            while (reader.Read())
            {
            }
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"Cannot read '{_path}' at line {Lines}: {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            // What the reader throws for a field name that is no valid text.
            throw new InvalidDataException($"Cannot read '{_path}' at line {Lines}: {error.Message}", error);
        }
    }
}
