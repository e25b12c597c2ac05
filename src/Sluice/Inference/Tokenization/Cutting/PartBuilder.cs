using Sluice.Inference.Tokenization.PostProcessors;

namespace Sluice.Inference.Tokenization.Cutting;

/// <summary>Puts texts that are tokenised whole into parts: cuts them, wraps each part by the template, pads.</summary>
internal sealed class PartBuilder(TemplatePiece[] template, int specials, TruncationOptions? truncation, PaddingOptions? padding)
{
    private readonly List<EncodedPart> _parts = [];
    private int _length;

    /// <summary>The parts: the row first, then what did not fit.</summary>
    public List<EncodedPart> Build(ReadOnlySpan<int> first, ReadOnlySpan<int> second, bool isPair)
    {
        List<Range> firstWindows = [Range.All];
        List<Range> secondWindows = [Range.All];
        if (truncation is not null)
        {
            int limit = Math.Max(0, truncation.MaxTokens - specials);
            (int firstKept, int secondKept) = isPair
                ? Cut.Pair(truncation.Strategy, first.Length, second.Length, limit)
                : (Cut.Single(truncation.Strategy, first.Length, limit), 0);
            firstWindows = Cut.Windows(first.Length, firstKept, truncation.Stride, truncation.Side);
            secondWindows = Cut.Windows(second.Length, secondKept, truncation.Stride, truncation.Side);
        }

        Add(first[firstWindows[0]], second[secondWindows[0]]);
        // The reference's order: each further part of the first text with all of the second, then the first part with the further ones of the second.
        for (int i = 1; i < firstWindows.Count; i++)
        {
            foreach (Range window in secondWindows)
            {
                Add(first[firstWindows[i]], second[window]);
            }
        }

        foreach (Range window in secondWindows.Skip(1))
        {
            Add(first[firstWindows[0]], second[window]);
        }

        return _parts;
    }

    private void Add(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        var ids = new List<int>();
        var types = new List<byte>();
        foreach (TemplatePiece piece in template)
        {
            ReadOnlySpan<int> from = piece.Source switch
            {
                PieceSource.First => first,
                PieceSource.Second => second,
                _ => piece.Ids,
            };
            ids.AddRange(from);
            types.AddRange(Enumerable.Repeat(piece.Type, from.Length));
        }

        var mask = new List<byte>(Enumerable.Repeat((byte)1, ids.Count));
        // All parts are padded to what the first needs.
        _length = _parts.Count == 0 && padding is not null ? padding.LengthFor(ids.Count) : _length;
        if (padding is not null && _length > ids.Count)
        {
            int missing = _length - ids.Count;
            int at = padding.Side == TextSide.Left ? 0 : ids.Count;
            ids.InsertRange(at, Enumerable.Repeat(padding.Id, missing));
            types.InsertRange(at, Enumerable.Repeat(padding.Type, missing));
            mask.InsertRange(at, Enumerable.Repeat((byte)0, missing));
        }

        _parts.Add(new EncodedPart(ids, types, mask));
    }
}
