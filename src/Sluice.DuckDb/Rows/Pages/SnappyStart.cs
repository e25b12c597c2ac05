namespace Sluice.DuckDb.Rows.Pages;

/// <summary>Decompresses the beginning of a block in Snappy's format.</summary>
internal static class SnappyStart
{
    /// <summary>Fills <paramref name="to"/> from the block's beginning; returns how much of it could be filled.</summary>
    public static int Decode(ReadOnlySpan<byte> block, Span<byte> to)
    {
        int at = 0;
        while (at < block.Length && (block[at++] & 0x80) != 0)
        {
            // The whole length, which nobody needs here.
        }

        int written = 0;
        while (at < block.Length && written < to.Length)
        {
            int tag = block[at++];
            if ((tag & 3) == 0)
            {
                int extra = Math.Max(0, (tag >> 2) - 59);
                if (!TryNumber(block, at, extra, out long more))
                {
                    break;
                }

                at += extra;
                long length = 1 + (extra == 0 ? tag >> 2 : more);
                int take = (int)Math.Min(length, Math.Min(block.Length - at, to.Length - written));
                block.Slice(at, take).CopyTo(to[written..]);
                written += take;
                at += take;
                if (take < length)
                {
                    break;
                }
            }
            else
            {
                int bytes = (tag & 3) == 3 ? 4 : tag & 3;
                if (!TryNumber(block, at, bytes, out long offset))
                {
                    break;
                }

                at += bytes;
                offset |= bytes == 1 ? (long)(tag >> 5) << 8 : 0;
                int length = bytes == 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2);
                if (offset == 0 || offset > written)
                {
                    break;
                }

                for (int i = 0; i < length && written < to.Length; i++, written++)
                {
                    to[written] = to[written - (int)offset];
                }
            }
        }

        return written;
    }

    private static bool TryNumber(ReadOnlySpan<byte> block, int at, int bytes, out long number)
    {
        number = 0;
        for (int i = 0; i < bytes && at + i < block.Length; i++)
        {
            number |= (long)block[at + i] << (8 * i);
        }

        return at + bytes <= block.Length;
    }
}
