namespace Sluice.DuckDb.Rows.Pages;

/// <summary>Checks levels in Parquet's hybrid of run-length and bit-packed encoding.</summary>
internal static class LevelRuns
{
    /// <summary>Whether the bytes hold at least so many levels, none over the highest; <paramref name="zeros"/> counts the levels 0 among them.</summary>
    public static bool Hold(ReadOnlySpan<byte> bytes, long count, int most, out long zeros)
    {
        zeros = 0;
        int width = ColumnLevels.Width(most);
        while (count > 0)
        {
            if (!TryHead(ref bytes, out uint head))
            {
                return false;
            }

            // A packed run may be longer than what is left: its last group is filled up.
            long run = Math.Min(count, (head & 1) == 0 ? head >> 1 : (head >> 1) * 8L);
            if (run == 0 || !((head & 1) == 0 ? Repeated(ref bytes, run, width, most, ref zeros) : Packed(ref bytes, run, head >> 1, width, most, ref zeros)))
            {
                return false;
            }

            count -= run;
        }

        return true;
    }

    private static bool Repeated(ref ReadOnlySpan<byte> bytes, long run, int width, int most, ref long zeros)
    {
        int length = (width + 7) / 8;
        if (bytes.Length < length)
        {
            return false;
        }

        int value = 0;
        for (int i = 0; i < length; i++)
        {
            value |= bytes[i] << (8 * i);
        }

        bytes = bytes[length..];
        zeros += value == 0 ? run : 0;
        return value >= 0 && value <= most;
    }

    private static bool Packed(ref ReadOnlySpan<byte> bytes, long run, uint groups, int width, int most, ref long zeros)
    {
        if (bytes.Length < ((run * width) + 7) / 8)
        {
            return false;
        }

        int mask = (1 << width) - 1;
        for (long i = 0; i < run; i++)
        {
            long bit = i * width;
            int value = 0;
            for (int j = 0; j <= (width + 6) / 8; j++)
            {
                int at = (int)(bit / 8) + j;
                value |= (at < bytes.Length ? bytes[at] : 0) << (8 * j);
            }

            value = (value >> (int)(bit % 8)) & mask;
            zeros += value == 0 ? 1 : 0;
            if (value > most)
            {
                return false;
            }
        }

        bytes = bytes[(int)Math.Min(bytes.Length, (long)groups * width)..];
        return true;
    }

    private static bool TryHead(ref ReadOnlySpan<byte> bytes, out uint head)
    {
        head = 0;
        for (int i = 0; i < bytes.Length && i < 5; i++)
        {
            head |= (uint)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
