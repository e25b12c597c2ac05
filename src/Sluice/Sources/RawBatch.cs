namespace Sluice.Sources;

/// <summary>A chunk of framed rows with its place in the run, as the reader sends it into the flow.</summary>
internal sealed class RawBatch
{
    /// <summary>0-based position in the run, from where it started or resumed.</summary>
    public required long Sequence { get; init; }

    /// <summary>0-based segment of the pool.</summary>
    public required long Segment { get; init; }

    /// <summary>Whether the segment is full with this batch.</summary>
    public required bool ClosesSegment { get; init; }

    /// <summary>The file it was read from.</summary>
    public required SourceFile File { get; init; }

    /// <summary>The rows.</summary>
    public required RawChunk Chunk { get; init; }

    /// <summary>Raw bytes of the rows.</summary>
    public required long Bytes { get; init; }
}
