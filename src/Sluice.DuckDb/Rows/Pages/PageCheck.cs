using Microsoft.Win32.SafeHandles;
using Sluice.Records;

namespace Sluice.DuckDb.Rows.Pages;

/// <summary>
/// Walks the headers of a file's pages before the library reads them, and the levels of nested columns: where those hold another number of values than the footer
/// says, or are damaged, the library reads on without end and takes memory without bound. Of each page a few hundred bytes are read, of nested ones the levels.
/// </summary>
internal sealed class PageCheck
{
    private const int UsualHeader = 512;
    private const int LongestHeader = 16 << 20;
    private readonly PageBytes _bytes;
    private readonly LevelCheck _check;

    private PageCheck(PageBytes bytes) => (_bytes, _check) = (bytes, new LevelCheck(bytes));

    /// <summary>Row groups before the first whose pages and footer contradict each other, and how; no fault when all are sound. Throws <see cref="InvalidDataException"/> when the footer cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="zstandard">Opens pages compressed with Zstandard; null: their levels are not checked.</param>
    public static (int SoundGroups, string? Fault) Find(string path, IStreamDecoder? zstandard) => Open(path, zstandard, static (bytes, footer) =>
    {
        (IReadOnlyList<RowGroup> groups, IReadOnlyList<ColumnLevels> levels) = FooterReader.Read(footer);
        return new PageCheck(bytes).Find(groups, levels);
    });

    /// <summary>
    /// What the footer says of rows, row groups and columns; null when there is none. Throws <see cref="InvalidDataException"/> when it cannot be read: the library asks
    /// for gigabytes when a length in it is damaged.
    /// </summary>
    public static (long Rows, IReadOnlyList<long> Groups, IReadOnlyList<string> Columns)? Shape(string path) =>
        Open<(long, IReadOnlyList<long>, IReadOnlyList<string>)?>(path, null, static (bytes, footer) =>
        {
            if (footer.Length == 0)
            {
                return null;
            }

            _ = FooterReader.Read(footer);
            return ShapeReader.Read(footer);
        });

    private static T Open<T>(string path, IStreamDecoder? zstandard, Func<PageBytes, byte[], T> read)
    {
        using SafeFileHandle file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        try
        {
            PageBytes bytes = new(file, zstandard);
            return read(bytes, Footer(bytes));
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

    private (int SoundGroups, string? Fault) Find(IReadOnlyList<RowGroup> groups, IReadOnlyList<ColumnLevels> levels)
    {
        for (int group = 0; group < groups.Count; group++)
        {
            foreach (ColumnChunk chunk in groups[group].Columns)
            {
                ColumnLevels most = chunk.Index < levels.Count ? levels[chunk.Index] : throw new InvalidDataException($"found a column {chunk.Index} and {levels.Count} in the schema");
                if (Fault(chunk, most, groups[group].Rows) is { } fault)
                {
                    return (group, $"column '{chunk.Name}' of row group {group}: {fault}");
                }
            }
        }

        return (groups.Count, null);
    }

    // Empty where there is none: of that the library speaks itself. Of a length near 4 GiB it does not, since its check of lengths overflows.
    private static byte[] Footer(PageBytes bytes)
    {
        byte[] tail = bytes.Read(Math.Max(0, bytes.Length - 8), 8);
        if (tail.Length < 8 || !tail.AsSpan().EndsWith("PAR1"u8))
        {
            return [];
        }

        uint size = BitConverter.ToUInt32(tail);
        return size > 0 && size <= bytes.Length - 12 ? bytes.Read(bytes.Length - 8 - size, (int)size) : throw new InvalidDataException($"its length is given as {size} bytes in a file of {bytes.Length}");
    }

    private string? Fault(ColumnChunk chunk, ColumnLevels most, long rows)
    {
        (long values, long begun, bool isCounted) = (0, 0, most.Repetition > 0);
        for (long at = chunk.Start; values < chunk.Values;)
        {
            if (at < 4 || at >= _bytes.Length - 8)
            {
                return $"found a page at byte {at} of {_bytes.Length}";
            }

            if (Header(at, out long headerLength) is not { } page)
            {
                return $"found no page header at byte {at}";
            }

            at += headerLength;
            if (most.Repetition > 0 && page.Values > 0)
            {
                if (_check.Fault(page, at, chunk.Codec, most, out long some) is { } fault)
                {
                    return $"page at byte {at - headerLength}: {fault}";
                }

                isCounted &= some >= 0;
                begun += some;
            }

            values += page.Values;
            at += page.Length;
        }

        return values != chunk.Values ? $"found {values} values in its pages and {chunk.Values} in the footer"
            : isCounted && begun != rows ? $"found {begun} rows in its pages and {rows} in the footer"
            : null;
    }

    private PageHeader? Header(long at, out long headerLength)
    {
        for (int room = UsualHeader; room <= LongestHeader; room *= 4)
        {
            byte[] bytes = _bytes.Read(at, room);
            try
            {
                CompactReader reader = new(bytes);
                PageHeader? page = PageHeader.Read(ref reader);
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
}
