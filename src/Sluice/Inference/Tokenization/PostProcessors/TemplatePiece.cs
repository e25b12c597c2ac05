namespace Sluice.Inference.Tokenization.PostProcessors;

/// <summary>One piece of a template: the first text, the second text, or fixed ids.</summary>
/// <param name="Source">What stands here.</param>
/// <param name="Ids">The fixed ids; empty for a text.</param>
/// <param name="Type">The segment id of the tokens.</param>
internal sealed record TemplatePiece(PieceSource Source, int[] Ids, byte Type)
{
    /// <summary>A text of the given segment.</summary>
    public static TemplatePiece Text(PieceSource source, byte type) => new(source, [], type);

    /// <summary>Special tokens of the given segment.</summary>
    public static TemplatePiece Special(byte type, params int[] ids) => new(PieceSource.Special, ids, type);
}
