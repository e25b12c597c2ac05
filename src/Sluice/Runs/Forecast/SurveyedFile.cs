using Sluice.Sources;

namespace Sluice.Runs.Forecast;

/// <summary>What is known of an input file before its rows are read.</summary>
internal sealed record SurveyedFile
{
    /// <summary>The file.</summary>
    public required SourceFile File { get; init; }

    /// <summary>Its bytes on the disk.</summary>
    public required long Bytes { get; init; }

    /// <summary>Rows by its own footer (Parquet); -1 where only reading tells.</summary>
    public required long Rows { get; init; }

    /// <summary>Bytes that hold its rows, decompressed; of Parquet those on the disk.</summary>
    public required double TextBytes { get; init; }

    /// <summary>Whether <see cref="TextBytes"/> is known and not guessed from the file's beginning.</summary>
    public required bool IsTextKnown { get; init; }

    /// <summary>Rows, guessed from its beginning where its footer does not say.</summary>
    public required double LikelyRows { get; init; }

    /// <summary>Whether reading can begin anywhere; of the others only the beginning can be read at a bearable cost.</summary>
    public bool CanEnter => Rows >= 0 || (File.Format == SourceFormat.JsonLines && File.Compression == Compression.None);
}
