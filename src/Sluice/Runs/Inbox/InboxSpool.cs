using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;

namespace Sluice.Runs.Inbox;

/// <summary>Writes a body to the disk as it arrives, counting its lines and hashing it: memory does not grow with it.</summary>
internal static class InboxSpool
{
    private const int BufferBytes = 1 << 16;

    private static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    /// <summary>Takes a body to its end. The file ends with a line break whatever the body does. On any fault nothing is left.</summary>
    /// <param name="body">The body, unpacked.</param>
    /// <param name="key">The request's key.</param>
    /// <param name="path">Where it is written.</param>
    /// <param name="most">Bytes allowed.</param>
    /// <param name="token">Ends the taking.</param>
    public static async Task<InboxRequest> TakeAsync(Stream body, string key, string path, long most, CancellationToken token)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            LineCount lines = new();
            long bytes = 0;
            await using (FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous))
            {
                // A byte order mark in the middle of a batch would be part of a row.
                int first = await body.ReadAtLeastAsync(buffer.AsMemory(0, BufferBytes), Mark.Length, throwOnEndOfStream: false, token);
                int skip = buffer.AsSpan(0, first).StartsWith(Mark) ? Mark.Length : 0;
                for (int read = first; read > 0; read = await body.ReadAsync(buffer.AsMemory(0, BufferBytes), token))
                {
                    bytes += read;
                    if (bytes > most)
                    {
                        throw new InboxRefusal(InboxReason.TooLarge, string.Create(CultureInfo.InvariantCulture,
                            $"Found a body of more than {most:N0} bytes (unpacked), expected at most that many (Serve:Http:MaxBodyBytes). Send the rows in several requests."));
                    }

                    hash.AppendData(buffer, 0, read);
                    lines.Add(buffer.AsSpan(skip, read - skip));
                    await file.WriteAsync(buffer.AsMemory(skip, read - skip), token);
                    skip = 0;
                }

                if (lines.IsOpen)
                {
                    buffer[0] = (byte)'\n';
                    await file.WriteAsync(buffer.AsMemory(0, 1), token);
                    bytes++;
                }
            }

            if (lines.Rows == 0)
            {
                throw new InboxRefusal(InboxReason.Empty, "Found a body without a row, expected JSON Lines: one JSON object a line.");
            }

            return new InboxRequest(key, Convert.ToHexStringLower(hash.GetHashAndReset()), lines.Lines, lines.Rows, bytes, path);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Counts lines, and those with more than blanks in them.</summary>
    private struct LineCount
    {
        private bool _hasText;
        private bool _isOpen;
        private long _lines;
        private long _rows;

        public readonly bool IsOpen => _isOpen;

        public readonly long Lines => _lines + (_isOpen ? 1 : 0);

        public readonly long Rows => _rows + (_isOpen && _hasText ? 1 : 0);

        public void Add(ReadOnlySpan<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                int end = bytes.IndexOf((byte)'\n');
                ReadOnlySpan<byte> line = end < 0 ? bytes : bytes[..end];
                _hasText |= line.ContainsAnyExcept(" \t\r"u8);
                if (end < 0)
                {
                    _isOpen = true;
                    return;
                }

                _lines++;
                _rows += _hasText ? 1 : 0;
                _hasText = false;
                _isOpen = false;
                bytes = bytes[(end + 1)..];
            }
        }
    }
}
