namespace Sluice.Inference.Drafting;

/// <summary>What a user says of a model that its files cannot; null or empty: read from the files.</summary>
internal sealed record DraftWishes
{
    /// <summary>The manifest's task.</summary>
    public string? Task { get; init; }

    /// <summary>The manifest's text view.</summary>
    public string? Text { get; init; }

    /// <summary>The manifest's template, for the text view <c>template</c>.</summary>
    public string? Template { get; init; }

    /// <summary>Answers of a token-probability score: <c>1=1,2=2</c>, token and value.</summary>
    public string? Choices { get; init; }

    /// <summary>How an embedding's token vectors become one.</summary>
    public string? Pooling { get; init; }

    /// <summary>Whether an embedding is scaled to length 1.</summary>
    public bool? Normalize { get; init; }

    /// <summary>Tokens of a row at most.</summary>
    public int? MaxTokens { get; init; }
}
