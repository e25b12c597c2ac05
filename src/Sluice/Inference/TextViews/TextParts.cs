namespace Sluice.Inference.TextViews;

/// <summary>What fills the places of a <see cref="TextForm"/>; a part that is not given is empty.</summary>
internal readonly ref struct TextParts
{
    /// <summary>Fills <see cref="TextSlot.Prompt"/>.</summary>
    public ReadOnlySpan<char> Prompt { get; init; }

    /// <summary>Fills <see cref="TextSlot.Instruction"/>.</summary>
    public ReadOnlySpan<char> Instruction { get; init; }

    /// <summary>Fills <see cref="TextSlot.Input"/>.</summary>
    public ReadOnlySpan<char> Input { get; init; }

    /// <summary>Fills <see cref="TextSlot.Response"/>.</summary>
    public ReadOnlySpan<char> Response { get; init; }

    /// <summary>Fills <see cref="TextSlot.Text"/>.</summary>
    public ReadOnlySpan<char> Text { get; init; }

    /// <summary>The part of a place.</summary>
    public ReadOnlySpan<char> this[TextSlot slot] => slot switch
    {
        TextSlot.Prompt => Prompt,
        TextSlot.Instruction => Instruction,
        TextSlot.Input => Input,
        TextSlot.Response => Response,
        _ => Text,
    };
}
