namespace Sluice.Selection.Iterative;

/// <summary>
/// One update of IterIT's order (arXiv 2412.17365, <c>SupervisedDataset.update</c>). Differs from the reference on purpose where that fails: rows without a score are kept
/// among the ineligible ones (there they vanish), no row is picked twice (there the first is, once all weights are 0), no more rows are picked than are eligible (there rows
/// repeat), one eligible row or none is no error, and ties go to the lowest row.
/// </summary>
internal static class IterativeOrder
{
    /// <summary>Rows that score this or more are not eligible: the instruction does not help the model at all.</summary>
    public const double Limit = 1;

    /// <summary>Updates the order. Throws <see cref="InvalidDataException"/> for a score below 0.</summary>
    /// <param name="order">The current order of rows 0 to n - 1.</param>
    /// <param name="count">How many of its first rows take part; more than n means all.</param>
    /// <param name="scores">A score a row, by row.</param>
    /// <param name="options">What to choose.</param>
    /// <param name="texts">Gives the texts of rows; asked for some thousand at a time.</param>
    /// <param name="progress">Told the number picked so far, now and then.</param>
    /// <param name="token">Stops the update.</param>
    public static IterativeUpdate Update(
        ReadOnlySpan<int> order, int count, ReadOnlySpan<double> scores, IterativeOptions options, Func<IReadOnlyList<int>, IReadOnlyList<string>> texts,
        Action<int>? progress, CancellationToken token)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Count, 1);
        ReadOnlySpan<int> window = order[..Math.Min(count, order.Length)];
        double[] rounded = [.. scores];
        List<int> eligible = [];
        List<int> ineligible = [];
        int unscored = 0;
        foreach (int row in window)
        {
            rounded[row] = options.Bf16 ? BrainFloat.Round(scores[row]) : scores[row];
            if (rounded[row] < 0)
            {
                throw new InvalidDataException($"Found the score {scores[row]} for row {row}, expected 0 or more: an instruction-following difficulty is a ratio of perplexities or losses.");
            }

            (rounded[row] < Limit ? eligible : ineligible).Add(row);
            unscored += double.IsNaN(scores[row]) ? 1 : 0;
        }

        // Row order, so that equal documents are measured alike whatever order they stand in.
        eligible.Sort();
        int[] ranked = [.. eligible.OrderByDescending(row => rounded[row]).ThenBy(row => row)];
        IReadOnlyList<GreedyPick> picks = options.Diversity
            ? Pick(eligible, rounded, options, texts, progress, token)
            : [.. ranked.Take(options.Count).Select(row => new GreedyPick(row, double.NaN, rounded[row]))];
        HashSet<int> picked = [.. picks.Select(pick => pick.Document)];
        int[] next = [.. picks.Select(pick => pick.Document), .. ineligible, .. ranked.Where(row => !picked.Contains(row)), .. order[window.Length..]];
        return new IterativeUpdate(next, picks, ineligible.Count, unscored);
    }

    private static List<GreedyPick> Pick(
        List<int> eligible, double[] scores, IterativeOptions options, Func<IReadOnlyList<int>, IReadOnlyList<string>> texts, Action<int>? progress, CancellationToken token)
    {
        TextWeightsBuilder builder = new(options.Threads);
        foreach (int[] rows in eligible.Chunk(TextWeightsBuilder.BlockDocuments))
        {
            token.ThrowIfCancellationRequested();
            IReadOnlyList<string> block = texts(rows);
            builder.Add(options.Suffix.Length == 0 ? block : [.. block.Select(text => text + options.Suffix)]);
        }

        IReadOnlyList<GreedyPick> picks = eligible.Count == 0
            ? []
            : DecayingGreedy.Run(builder.Build(token), [.. eligible.Select(row => scores[row])], [.. eligible], options.Count, options.Decay, progress, token);
        return [.. picks.Select(pick => pick with { Document = eligible[pick.Document] })];
    }
}
