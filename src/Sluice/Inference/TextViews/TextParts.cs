namespace Sluice.Inference.TextViews;

/// <summary>What fills the places of a <see cref="TextForm"/>, as UTF-8; a part that is not given is empty.</summary>
internal readonly ref struct TextParts
{
    /// <summary>Fills <see cref="TextSlot.Prompt"/>.</summary>
    public ReadOnlySpan<byte> Prompt { get; init; }

    /// <summary>Fills <see cref="TextSlot.Instruction"/>.</summary>
    public ReadOnlySpan<byte> Instruction { get; init; }

    /// <summary>Fills <see cref="TextSlot.Input"/>.</summary>
    public ReadOnlySpan<byte> Input { get; init; }

    /// <summary>Fills <see cref="TextSlot.Response"/>.</summary>
    public ReadOnlySpan<byte> Response { get; init; }

    /// <summary>Fills <see cref="TextSlot.Text"/>.</summary>
    public ReadOnlySpan<byte> Text { get; init; }

    /// <summary>The part of a place.</summary>
    public ReadOnlySpan<byte> this[TextSlot slot] => slot switch
    {
        TextSlot.Prompt => Prompt,
        TextSlot.Instruction => Instruction,
        TextSlot.Input => Input,
        TextSlot.Response => Response,
        _ => Text,
    };
}
