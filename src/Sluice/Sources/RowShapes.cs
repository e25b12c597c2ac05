namespace Sluice.Sources;

/// <summary>The names of the row shapes.</summary>
public static class RowShapes
{
    /// <summary>Found row by row from the fields present.</summary>
    public const string Auto = "auto";

    /// <summary><c>instruction</c>, <c>input</c>, <c>output</c>.</summary>
    public const string Alpaca = "alpaca";

    /// <summary><c>instruction</c>, <c>context</c>, <c>response</c>.</summary>
    public const string Dolly = "dolly";

    /// <summary><c>conversations</c>: a list of <c>from</c> and <c>value</c>.</summary>
    public const string ShareGpt = "sharegpt";

    /// <summary><c>messages</c>: a list of <c>role</c> and <c>content</c>.</summary>
    public const string Messages = "messages";

    /// <summary><c>prompt</c> with <c>completion</c> or <c>response</c>.</summary>
    public const string Prompt = "prompt";

    /// <summary>The fields that the source's <see cref="FieldMapping"/> names.</summary>
    public const string Mapping = "mapping";

    /// <summary>Every name, in the order of the documentation.</summary>
    public static IReadOnlyList<string> All { get; } = [Auto, Alpaca, Dolly, ShareGpt, Messages, Prompt, Mapping];
}
