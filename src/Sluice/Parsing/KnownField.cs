namespace Sluice.Parsing;

/// <summary>The top-level fields that the known shapes read.</summary>
internal enum KnownField
{
    None,
    Instruction,
    Input,
    Output,
    Context,
    Response,
    Prompt,
    Completion,
    System,
    Conversations,
    Messages,
}
