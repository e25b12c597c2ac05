namespace Sluice.Records;

/// <summary>
/// A few hundred consecutive rows that travel together from block to block. Its boundaries depend on the input alone, so
/// that what a model says of a row depends on neither timing nor parallelism nor crashes.
/// </summary>
public sealed class RowBatch
{
    /// <summary>0-based position of the batch in the run, from where it started or resumed.</summary>
    public required long Sequence { get; init; }

    /// <summary>The sound rows, in source order.</summary>
    public required IReadOnlyList<Sample> Samples { get; init; }

    /// <summary>The rows refused so far, in source order.</summary>
    public required List<Rejection> Rejections { get; init; }

    /// <summary>Rows read for this batch: the sound and the refused ones.</summary>
    public int Read => Samples.Count + Rejections.Count;

    /// <summary>Raw bytes of the batch, as admitted by the flow's budget.</summary>
    public long Bytes { get; init; }

    /// <summary>0-based segment of the pool that the batch belongs to.</summary>
    public long Segment { get; init; }

    /// <summary>Whether this is the last batch of its segment: the pool commits after it.</summary>
    public bool ClosesSegment { get; init; }

    /// <summary>0-based index of the file that the batch was read from; a batch never spans files.</summary>
    public int File { get; init; }

    /// <summary>Where reading goes on after the batch: byte offset in the decompressed file, or the Parquet row index.</summary>
    public long NextOffset { get; init; }

    /// <summary>Rows (lines) of the file before <see cref="NextOffset"/>.</summary>
    public long NextNumber { get; init; }

    /// <summary>Whether the batch ends its file.</summary>
    public bool EndsFile { get; init; }

    /// <summary>Columns the stages have added: name to values, each aligned to <see cref="Samples"/>.</summary>
    public Dictionary<string, ColumnData> Columns { get; } = [];

    /// <summary>Rows that a model could not score, in the order of the stages.</summary>
    public List<UnscoredRow> Unscored { get; } = [];

    /// <summary>Token ids already made for this batch, by tokenizer and text view, so that models that read the same text share them.</summary>
    public Dictionary<string, object> Scratch { get; } = [];

    /// <summary>What near dedup needs of the samples; null where it is switched off.</summary>
    public RowShingles? Shingles { get; set; }

    /// <summary>What holds the memory that the batch's rows and texts lie in.</summary>
    public List<IDisposable> Owned { get; } = [];

    /// <summary>Gives the memory of rows and texts back, once nobody reads them any more: after the pool has taken the batch.</summary>
    public void Release()
    {
        Shingles?.Dispose();
        Shingles = null;
        foreach (IDisposable owned in Owned)
        {
            owned.Dispose();
        }

        Owned.Clear();
    }

    /// <summary>Gives rented arrays in <see cref="Scratch"/> back; called after the last stage that may use them.</summary>
    public void ReleaseScratch()
    {
        foreach (object value in Scratch.Values)
        {
            (value as IDisposable)?.Dispose();
        }

        Scratch.Clear();
    }
}
