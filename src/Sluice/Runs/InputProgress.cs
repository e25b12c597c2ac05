using System.Runtime.CompilerServices;
using Sluice.Pool;
using Sluice.Sources;

namespace Sluice.Runs;

/// <summary>How far the reader is in the planned files. Of a compressed file the decompressed length is not known; it is guessed from those already read.</summary>
internal sealed class InputProgress
{
    private const double UsualRatio = 3.5;
    private readonly IReadOnlyList<PlannedFile> _files;

    // Bytes of the files before each; behind the last one the bytes of all.
    private readonly long[] _before;
    private long _compressedRead;
    private long _decompressedRead;
    private readonly Action<int> _take;
    private int _file;
    private long _offset;

    /// <param name="files">The plan.</param>
    /// <param name="first">File that reading begins with.</param>
    /// <param name="take">Told the rows of each batch that goes into the flow.</param>
    public InputProgress(IReadOnlyList<PlannedFile> files, int first, Action<int> take)
    {
        _take = take;
        _files = files;
        _file = first;
        _before = new long[files.Count + 1];
        for (int i = 0; i < files.Count; i++)
        {
            _before[i + 1] = _before[i] + files[i].Bytes;
        }
    }

    /// <summary>Share of the input's bytes read.</summary>
    public double Share
    {
        get
        {
            int at = Volatile.Read(ref _file);
            if (at >= _files.Count)
            {
                return 1;
            }

            PlannedFile file = _files[at];
            double within = file.Format == SourceFormat.Parquet ? (double)Interlocked.Read(ref _offset) / Math.Max(1, file.Rows)
                : file.Compression == Compression.None ? (double)Interlocked.Read(ref _offset) / Math.Max(1, file.Bytes)
                : Interlocked.Read(ref _offset) / (file.Bytes * Ratio + 1);
            return Math.Clamp((_before[at] + (Math.Min(within, 0.99) * file.Bytes)) / Math.Max(1, _before[^1]), 0, 1);
        }
    }

    /// <summary>The file being read.</summary>
    public string What => Volatile.Read(ref _file) is int at && at < _files.Count ? _files[at].Name : "";

    private double Ratio => _compressedRead == 0 ? UsualRatio : (double)_decompressedRead / _compressedRead;

    /// <summary>Passes the batches on and notes where they came from.</summary>
    public async IAsyncEnumerable<RawBatch> FollowAsync(IAsyncEnumerable<RawBatch> batches, [EnumeratorCancellation] CancellationToken token)
    {
        await foreach (RawBatch batch in batches.WithCancellation(token))
        {
            if (batch.File.Index != _file)
            {
                Finish(batch.File.Index);
            }

            Interlocked.Exchange(ref _offset, batch.Chunk.Next.Offset);
            _take(batch.Chunk.Rows.Count);
            yield return batch;
        }

        Finish(_files.Count);
    }

    private void Finish(int next)
    {
        if (_file < _files.Count && _files[_file].Compression != Compression.None)
        {
            _compressedRead += _files[_file].Bytes;
            _decompressedRead += Interlocked.Read(ref _offset);
        }

        Volatile.Write(ref _file, next);
    }
}
