using System.Text.Json.Serialization;

namespace Sluice.Pool;

/// <summary>One committed segment. What no record names does not exist.</summary>
public sealed record LedgerRecord
{
    /// <summary>0-based number of the segment; records follow each other without a gap.</summary>
    public required long Segment { get; init; }

    /// <summary>Pool row of the segment's first row.</summary>
    public required long FirstRow { get; init; }

    /// <summary>Rows in the segment: annotated ones and duplicates.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows by fate.</summary>
    public required RowCounts Counts { get; init; }

    /// <summary>Rows by fate and input file.</summary>
    public required IReadOnlyList<FileCounts> Files { get; init; }

    /// <summary>File in which reading goes on.</summary>
    public required int NextFile { get; init; }

    /// <summary>Where in that file: byte offset in the decompressed file, or Parquet row index.</summary>
    public required long NextOffset { get; init; }

    /// <summary>Rows of that file before that place.</summary>
    public required long NextNumber { get; init; }

    /// <summary>Of a segment of mended rejects: the file in the pool's folder <c>replays</c> that holds them; null for one read from the input.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StoredFile? Replay { get; init; }

    /// <summary>The segment's files.</summary>
    public required IReadOnlyList<StoredFile> Stored { get; init; }

    /// <summary>The segment's columns.</summary>
    public required IReadOnlyList<StoredColumn> Columns { get; init; }
}
