namespace Sluice.Inference.Tokenization.PostProcessors;

/// <summary>How special tokens stand around one text, and around a pair.</summary>
internal sealed class Template(IReadOnlyList<TemplatePiece> single, IReadOnlyList<TemplatePiece> pair)
{
    /// <summary>No special tokens; the second text of a pair is segment 1.</summary>
    public static Template Plain { get; } = new(
        [TemplatePiece.Text(PieceSource.First, 0)],
        [TemplatePiece.Text(PieceSource.First, 0), TemplatePiece.Text(PieceSource.Second, 1)]);

    /// <summary>The pieces around one text.</summary>
    public TemplatePiece[] Single { get; } = [.. single];

    /// <summary>The pieces around a pair.</summary>
    public TemplatePiece[] Pair { get; } = [.. pair];

    /// <summary>Number of special tokens around one text.</summary>
    public int SingleSpecials { get; } = single.Sum(piece => piece.Ids.Length);

    /// <summary>Number of special tokens around a pair.</summary>
    public int PairSpecials { get; } = pair.Sum(piece => piece.Ids.Length);

    /// <summary>The same segments without the special tokens.</summary>
    public Template WithoutSpecials() =>
        new([.. Single.Where(piece => piece.Source != PieceSource.Special)], [.. Pair.Where(piece => piece.Source != PieceSource.Special)]);
}
