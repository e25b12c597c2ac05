using Sluice.Inference.TextViews;

namespace Sluice.Inference.Chat;

/// <summary>How a conversation is written for a causal model: data, one JSON file a template. Immutable.</summary>
internal sealed record ChatTemplate
{
    /// <summary>Name of the file without its extension.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the tokenizer puts its own special tokens (a beginning of text) around; false where the template writes them. Default true.</summary>
    public required bool AddSpecialTokens { get; init; }

    /// <summary>What a conversation without a system turn begins with; may be empty.</summary>
    public required string Start { get; init; }

    /// <summary>A system turn (<c>{text}</c>); stands in place of <see cref="Start"/>.</summary>
    public required TextForm System { get; init; }

    /// <summary>The first user turn without an input of its own (<c>{instruction}</c>).</summary>
    public required TextForm First { get; init; }

    /// <summary>The first user turn with one (<c>{instruction}</c>, <c>{input}</c>).</summary>
    public required TextForm FirstWithInput { get; init; }

    /// <summary>A later turn of the user's, or of a tool's (<c>{text}</c>).</summary>
    public required TextForm Next { get; init; }

    /// <summary>What stands before an answer and after it. What follows closes the answer: IterIT scores it as part of the answer.</summary>
    public required (string Before, string After) Response { get; init; }

    /// <summary>The same where an answer stands alone, without its instruction.</summary>
    public required (string Before, string After) Direct { get; init; }

    /// <summary>SHA-256 of the file: another text gives other scores.</summary>
    public required string Sha256 { get; init; }
}
