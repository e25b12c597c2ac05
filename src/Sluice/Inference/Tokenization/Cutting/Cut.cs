using System.Globalization;
using Sluice.Inference.Tokenization.PostProcessors;

namespace Sluice.Inference.Tokenization.Cutting;

/// <summary>How many tokens each text keeps, and the windows over a text that is cut into parts.</summary>
internal static class Cut
{
    /// <summary>Tokens that a text alone keeps.</summary>
    /// <exception cref="TruncationException">The second text alone was to be cut.</exception>
    public static int Single(TruncationStrategy strategy, int length, int limit) =>
        length <= limit ? length
        : strategy != TruncationStrategy.OnlySecond ? limit
        : throw new TruncationException(string.Create(
            CultureInfo.InvariantCulture,
            $"Found a text of more than {limit} tokens and no second text, expected a second text to cut, as the truncation strategy is only_second."));

    /// <summary>Tokens that the texts of a pair keep.</summary>
    /// <exception cref="TruncationException">The text to be cut would have nothing left.</exception>
    public static (int First, int Second) Pair(TruncationStrategy strategy, int first, int second, int limit)
    {
        if ((long)first + second <= limit)
        {
            return (first, second);
        }

        return strategy switch
        {
            TruncationStrategy.OnlyFirst => (Rest("first", second, limit), second),
            TruncationStrategy.OnlySecond => (first, Rest("second", first, limit)),
            _ => PairLengths.Cut(first, second, limit),
        };
    }

    /// <summary>
    /// The parts of a text that keeps <paramref name="kept"/> of its tokens: the one that is kept, then the further ones away from it, each sharing
    /// <paramref name="stride"/> tokens with the one before.
    /// </summary>
    public static List<Range> Windows(int length, int kept, int stride, TextSide side)
    {
        if (kept >= length || kept == 0)
        {
            return length > kept ? [0..0, 0..length] : [0..length];
        }

        if (stride >= kept)
        {
            throw new TruncationException(string.Create(CultureInfo.InvariantCulture, $"Found the stride {stride}, expected less than the {kept} tokens that are left of the text."));
        }

        var windows = new List<Range>();
        for (int at = 0; windows.Count == 0 || at + stride < length; at += kept - stride)
        {
            int far = Math.Min(at + kept, length);
            windows.Add(side == TextSide.Right ? at..far : (length - far)..(length - at));
        }

        return windows;
    }

    private static int Rest(string which, int other, int limit) => limit - other is > 0 and int rest ? rest : throw new TruncationException(string.Create(
        CultureInfo.InvariantCulture,
        $"Found {(other >= limit ? "at least " : "")}{other} tokens of the other text, expected less than {limit}, as only the {which} text may be cut (truncation strategy only_{which})."));
}
