using Sluice.Configuration;

namespace Sluice.Sources;

/// <summary>One entry of a pipeline file's <c>Sources</c>: what the user wrote, before any file was looked for.</summary>
public sealed class SourceSpec
{
    /// <summary>File, folder (every file with a known ending, recursively) or glob (<c>*</c>, <c>**</c>, <c>?</c>), relative to the pipeline file.</summary>
    [OptionHint(Required = true)]
    public string Path { get; init; } = "";

    /// <summary><c>jsonl</c>, <c>json</c> (one array) or <c>parquet</c>. Null, the default: found from the ending and the content.</summary>
    [OptionHint(Values = ["jsonl", "ndjson", "jsonlines", "json", "jsonarray", "parquet"])]
    public string? Format { get; init; }

    /// <summary>Row shape: <c>auto</c>, <c>alpaca</c>, <c>dolly</c>, <c>sharegpt</c>, <c>messages</c>, <c>prompt</c> or <c>mapping</c>. Null, the default: <c>auto</c>, or <c>mapping</c> when a mapping is given.</summary>
    [OptionHint(Values = [RowShapes.Auto, RowShapes.Alpaca, RowShapes.Dolly, RowShapes.ShareGpt, RowShapes.Messages, RowShapes.Prompt, RowShapes.Mapping])]
    public string? Shape { get; init; }

    /// <summary>The user's own label, carried with every row. Null, the default: none.</summary>
    public string? Label { get; init; }

    /// <summary>Which fields hold what, for rows of no known shape. Null, the default: none.</summary>
    public FieldMapping? Mapping { get; init; }

    /// <summary>Makes a pool of made-up rows at <see cref="Path"/> when no file is there yet. Null, the default: the file must be there.</summary>
    public DemoSpec? Demo { get; init; }
}
