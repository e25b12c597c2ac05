using Microsoft.Win32.SafeHandles;

namespace Sluice.DuckDb.Rows.Pages;

/// <summary>
/// Walks the headers of a file's pages before the library reads them: where those of a nested column hold another number of values than the footer
/// says, the library reads on without end and takes memory without bound. Only headers are read, a few hundred bytes a page.
/// </summary>
internal static class PageCheck
{
    private const int UsualHeader = 512;
    private const int LongestHeader = 16 << 20;

    /// <summary>Row groups before the first whose pages and footer contradict each other, and how; no fault when all are sound. Throws <see cref="InvalidDataException"/> when the footer cannot be read.</summary>
    public static (int SoundGroups, string? Fault) Find(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        long length = RandomAccess.GetLength(file);
        try
        {
            List<List<ColumnChunk>> groups = FooterReader.Groups(Footer(file, length));
            for (int group = 0; group < groups.Count; group++)
            {
                foreach (ColumnChunk chunk in groups[group])
                {
                    if (Fault(file, length, chunk) is { } fault)
                    {
                        return (group, $"column '{chunk.Name}' of row group {group}: {fault}");
                    }
                }
            }

            return (groups.Count, null);
        }
        catch (Exception error) when (error is EndOfStreamException or OverflowException)
        {
            throw new InvalidDataException($"Cannot read '{path}': its footer is damaged.", error);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"Cannot read '{path}': its footer is damaged ({error.Message}).", error);
        }
    }

    private static byte[] Footer(SafeFileHandle file, long length)
    {
        byte[] tail = Read(file, length - 8, 8);
        int size = tail.Length < 8 ? -1 : BitConverter.ToInt32(tail);
        return size >= 0 && size <= length - 12 ? Read(file, length - 8 - size, size) : throw new InvalidDataException($"its length is given as {size} bytes");
    }

    private static string? Fault(SafeFileHandle file, long length, ColumnChunk chunk)
    {
        long values = 0;
        for (long at = chunk.Start; values < chunk.Values;)
        {
            if (at < 4 || at >= length - 8)
            {
                return $"found a page at byte {at} of {length}";
            }

            if (Header(file, at, out long headerLength) is not { } page)
            {
                return $"found no page header at byte {at}";
            }

            values += page.Values;
            at += headerLength + page.Length;
        }

        return values == chunk.Values && values >= 0 ? null : $"found {values} values in its pages and {chunk.Values} in the footer";
    }

    private static (long Values, long Length)? Header(SafeFileHandle file, long at, out long headerLength)
    {
        for (int room = UsualHeader; room <= LongestHeader; room *= 4)
        {
            byte[] bytes = Read(file, at, room);
            try
            {
                CompactReader reader = new(bytes);
                (long Values, long Length)? page = Page(ref reader);
                headerLength = reader.Position;
                return page;
            }
            catch (EndOfStreamException) when (bytes.Length == room)
            {
                // Statistics of long texts make a header long.
            }
            catch (Exception error) when (error is EndOfStreamException or InvalidDataException or OverflowException)
            {
                break;
            }
        }

        headerLength = 0;
        return null;
    }

    // PageHeader: 1 type, 3 compressed size; 5 and 8 the two kinds of data page, whose first field counts values. Other pages hold none.
    private static (long Values, long Length)? Page(ref CompactReader reader)
    {
        long values = 0, length = -1;
        reader.BeginStruct();
        while (reader.NextField())
        {
            switch (reader.Field)
            {
                case 3:
                    length = reader.Number();
                    break;
                case 5 or 8:
                    values = Values(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return values >= 0 && length >= 0 ? (values, length) : null;
    }

    private static long Values(ref CompactReader reader)
    {
        long values = -1;
        int outer = reader.Struct();
        while (reader.NextField())
        {
            if (reader.Field == 1)
            {
                values = reader.Number();
            }
            else
            {
                reader.Skip();
            }
        }

        reader.EndStruct(outer);
        return values;
    }

    private static byte[] Read(SafeFileHandle file, long at, int count)
    {
        byte[] bytes = new byte[count];
        int read = 0;
        for (int some; read < count && (some = RandomAccess.Read(file, bytes.AsSpan(read), at + read)) > 0;)
        {
            read += some;
        }

        return read == count ? bytes : bytes[..read];
    }
}
