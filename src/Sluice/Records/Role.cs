namespace Sluice.Records;

/// <summary>Who speaks a turn.</summary>
public enum Role
{
    /// <summary>Instructions to the assistant that precede the dialogue (<c>system</c>).</summary>
    System,

    /// <summary>The person who asks (<c>user</c>, <c>human</c>).</summary>
    User,

    /// <summary>The model that answers, tool calls included (<c>assistant</c>, <c>gpt</c>, <c>function_call</c>).</summary>
    Assistant,

    /// <summary>What a tool returned (<c>tool</c>, <c>observation</c>).</summary>
    Tool,
}
