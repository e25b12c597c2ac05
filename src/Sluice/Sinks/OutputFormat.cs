namespace Sluice.Sinks;

/// <summary>How the chosen rows are written.</summary>
public enum OutputFormat
{
    /// <summary><c>selected.jsonl</c>: each row's original bytes.</summary>
    JsonLines,

    /// <summary><c>selected.parquet</c>: the rows' fields as typed columns.</summary>
    Parquet,
}
