using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Runs.Forecast;

/// <summary>Looks at the input files without reading them: lengths, footers, and a little of the beginning of each.</summary>
internal sealed class InputSurvey(ISource sources, IParquetRows parquet, IStreamDecoder zstandard)
{
    private const int HeadRows = 256;
    private const int HeadBytes = 256 * 1024;
    private const int UnpackedBytes = 2 * 1024 * 1024;
    private const double UsualRatio = 3.5;
    private const double UsualRowBytes = 600;

    // Opening a million files takes longer than a forecast may; the others are taken to be like these.
    private const int MostOpened = 500;

    /// <summary>Looks at the files. Throws <see cref="IOException"/> when one cannot be opened.</summary>
    /// <param name="files">The files, in reading order.</param>
    /// <param name="token">Ends the looking.</param>
    public async Task<IReadOnlyList<SurveyedFile>> LookAsync(IReadOnlyList<SourceFile> files, CancellationToken token)
    {
        int step = Math.Max(1, (files.Count + MostOpened - 1) / MostOpened);
        List<SurveyedFile> found = [];
        double ratio = UsualRatio;
        double rowBytes = UsualRowBytes;
        for (int i = 0; i < files.Count; i++)
        {
            token.ThrowIfCancellationRequested();
            SourceFile file = files[i];
            long bytes = FileStamp.Of(file.Path).Bytes;
            if (file.Format == SourceFormat.Parquet && FooterRows(file) is >= 0 and long rows)
            {
                found.Add(new SurveyedFile { File = file, Bytes = bytes, Rows = rows, TextBytes = bytes, IsTextKnown = true, LikelyRows = rows });
                continue;
            }

            double text = bytes;
            bool known = file.Compression == Compression.None;
            if (i % step == 0)
            {
                if (!known)
                {
                    (text, known) = Unpacked(file, bytes);
                    ratio = bytes == 0 ? ratio : text / bytes;
                }

                rowBytes = await RowBytesAsync(file, token) ?? rowBytes;
            }
            else if (!known)
            {
                text = bytes * ratio;
            }

            found.Add(new SurveyedFile { File = file, Bytes = bytes, Rows = -1, TextBytes = text, IsTextKnown = known, LikelyRows = text / rowBytes });
        }

        return found;
    }

    private long FooterRows(SourceFile file)
    {
        try
        {
            return parquet.ReadShape(file.Path).Rows;
        }
        catch (InvalidDataException)
        {
            // Read like any other, and its fault becomes a reject.
            return -1;
        }
    }

    private async Task<double?> RowBytesAsync(SourceFile file, CancellationToken token)
    {
        await foreach (RawChunk chunk in sources.ReadAsync(file, SourcePosition.Start, HeadRows, HeadBytes, token))
        {
            using (chunk)
            {
                return chunk.Rows.Count == 0 ? null : Math.Max(1, chunk.Next.Offset) / (double)chunk.Rows.Count;
            }
        }

        return null;
    }

    // A gzip file ends with its length modulo 2^32, which says all where it has one member; the beginning tells which multiple, and whether to believe it.
    private (double Bytes, bool IsKnown) Unpacked(SourceFile file, long bytes)
    {
        double guess = bytes * UsualRatio;
        try
        {
            using FileStream compressed = new(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            using Stream text = file.Compression == Compression.GZip ? new CheckedGZipStream(compressed) : zstandard.Decode(compressed);
            byte[] buffer = new byte[UnpackedBytes];
            int read = text.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (read < buffer.Length)
            {
                return (read, true);
            }

            guess = (double)read * bytes / Math.Max(1, compressed.Position);
        }
        catch (InvalidDataException)
        {
            // Broken: the run keeps what is sound of it.
            return (guess, false);
        }

        if (file.Compression == Compression.GZip)
        {
            byte[] tail = new byte[sizeof(uint)];
            using FileStream end = new(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            end.Position = Math.Max(0, end.Length - tail.Length);
            end.ReadExactly(tail);
            double low = BitConverter.ToUInt32(tail);
            double length = low + (Math.Max(0, Math.Round((guess - low) / (1L << 32))) * (1L << 32));
            if (Math.Abs(length - guess) < guess * 0.4)
            {
                return (length, true);
            }
        }

        return (guess, false);
    }
}
