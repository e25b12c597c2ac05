namespace Sluice.Sources;

/// <summary>How the rows of a file are framed.</summary>
public enum SourceFormat
{
    /// <summary>One JSON object a line.</summary>
    JsonLines,

    /// <summary>One big JSON array of objects, streamed.</summary>
    JsonArray,

    /// <summary>Parquet.</summary>
    Parquet,
}
