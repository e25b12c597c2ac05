namespace Sluice.Inference.TextViews;

/// <summary>A named place in a <see cref="TextForm"/>; its name in the form is the lower-case word.</summary>
internal enum TextSlot
{
    /// <summary>All that is not the assistant's, joined by line breaks.</summary>
    Prompt,

    /// <summary>The bare instruction, without Alpaca's input.</summary>
    Instruction,

    /// <summary>Alpaca's input (Dolly's context); empty where there is none.</summary>
    Input,

    /// <summary>What the assistant says.</summary>
    Response,

    /// <summary>The text of a turn as it stands.</summary>
    Text,
}
