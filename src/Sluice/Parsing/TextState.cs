namespace Sluice.Parsing;

/// <summary>What is known of the text of a field.</summary>
internal enum TextState : byte
{
    /// <summary>It was not decoded when the field was read, or there is none.</summary>
    Unread,

    /// <summary>It is at hand.</summary>
    Read,

    /// <summary>An escaped surrogate stands alone in it, so that there is none.</summary>
    Lone,
}
