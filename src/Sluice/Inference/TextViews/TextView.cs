namespace Sluice.Inference.TextViews;

/// <summary>Which text of a sample a model reads.</summary>
internal enum TextView
{
    /// <summary>The bare instruction.</summary>
    Instruction,

    /// <summary>All system, user and tool turns, joined by line breaks.</summary>
    Prompt,

    /// <summary>All assistant turns, joined by line breaks.</summary>
    Response,

    /// <summary>Prompt and response as the two texts of a pair.</summary>
    Pair,

    /// <summary>All turns, joined by line breaks.</summary>
    Conversation,

    /// <summary>A text made by the manifest's <c>template</c>.</summary>
    Template,
}
