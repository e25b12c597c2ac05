namespace Sluice.Runs;

/// <summary>Reads a text file line by line without making strings: a million lines cost one buffer.</summary>
internal static class LineBytes
{
    private const int Window = 1 << 18;

    /// <summary>The lines without their line break. The memory of one is used again for the next.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Read(string path)
    {
        using FileStream from = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        byte[] buffer = new byte[Window];
        int start = 0;
        int end = 0;
        int searched = 0;
        while (true)
        {
            int at = Array.IndexOf(buffer, (byte)'\n', searched, end - searched);
            if (at >= 0)
            {
                yield return buffer.AsMemory(start, at - start);
                start = searched = at + 1;
                continue;
            }

            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end) = (0, end - start);
            }
            else if (end == buffer.Length)
            {
                Array.Resize(ref buffer, 2 * buffer.Length);
            }

            searched = end;
            int read = from.Read(buffer, end, buffer.Length - end);
            if (read == 0)
            {
                if (end > 0)
                {
                    yield return buffer.AsMemory(0, end);
                }

                yield break;
            }

            end += read;
        }
    }
}
