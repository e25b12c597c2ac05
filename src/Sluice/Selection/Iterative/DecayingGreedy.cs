namespace Sluice.Selection.Iterative;

/// <summary>
/// The greedy choice of IterIT (arXiv 2412.17365, <c>SupervisedDataset.update</c>): always the document of the highest score x sum of its weights, whose n-grams are then
/// multiplied by the decay in all documents. Sums only fall, so one that was measured earlier is an upper bound: a document is measured again only when its old value would
/// make it the next choice.
/// </summary>
internal static class DecayingGreedy
{
    private const int ProgressEvery = 64;

    /// <summary>Chooses documents. Ties go to the lowest tie key.</summary>
    /// <param name="texts">The documents; faded by the choice.</param>
    /// <param name="scores">A score each, at least 0.</param>
    /// <param name="ties">A key each, distinct; the lower wins a tie.</param>
    /// <param name="count">Documents to choose; fewer when there are fewer.</param>
    /// <param name="decay">0 to 1: what is left of the weight of an n-gram that was chosen.</param>
    /// <param name="progress">Told the number chosen so far, now and then.</param>
    /// <param name="token">Stops the choice.</param>
    public static IReadOnlyList<GreedyPick> Run(
        TextWeights texts, ReadOnlySpan<double> scores, ReadOnlySpan<int> ties, int count, double decay, Action<int>? progress, CancellationToken token)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decay, 1);
        (int Document, Bound Bound)[] first = new (int, Bound)[scores.Length];
        for (int i = 0; i < first.Length; i++)
        {
            if (!(scores[i] >= 0))
            {
                throw new ArgumentOutOfRangeException(nameof(scores), scores[i], "Expected a score of 0 or more: with a lower one, values would not only fall.");
            }

            double sum = texts.Sum(i);
            first[i] = (i, new Bound(scores[i] * sum, ties[i], sum, 0));
        }

        PriorityQueue<int, Bound> queue = new(first);
        List<GreedyPick> picks = new(Math.Min(count, scores.Length));
        while (picks.Count < count && queue.TryPeek(out int document, out Bound bound))
        {
            if (bound.Round == picks.Count)
            {
                queue.Dequeue();
                picks.Add(new GreedyPick(document, bound.Sum, bound.Value));
                texts.Fade(document, decay);
                if (picks.Count % ProgressEvery == 0)
                {
                    token.ThrowIfCancellationRequested();
                    progress?.Invoke(picks.Count);
                }
            }
            else
            {
                double sum = texts.Sum(document);
                queue.DequeueEnqueue(document, new Bound(scores[document] * sum, bound.Tie, sum, picks.Count));
            }
        }

        return picks;
    }

    /// <summary>What a document was worth when it was measured last; the first in order is the one to look at next.</summary>
    private readonly record struct Bound(double Value, int Tie, double Sum, int Round) : IComparable<Bound>
    {
        public int CompareTo(Bound other)
        {
            int byValue = other.Value.CompareTo(Value);
            return byValue != 0 ? byValue : Tie.CompareTo(other.Tie);
        }
    }
}
