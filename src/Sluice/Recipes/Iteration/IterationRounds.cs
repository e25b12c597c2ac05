using Sluice.Selection.Iterative;

namespace Sluice.Recipes.Iteration;

/// <summary>Makes an iteration's first state, and the next one from new scores of its window.</summary>
/// <param name="texts">The rows' answers.</param>
/// <param name="progress">Told the rows picked so far, and of how many.</param>
internal sealed class IterationRounds(Func<IReadOnlyList<long>, CancellationToken, string[]> texts, Action<int, int> progress)
{
    /// <summary>Epoch 0: every row takes part.</summary>
    /// <param name="settings">The options.</param>
    /// <param name="pool">The pool's folder.</param>
    /// <param name="identity">SHA-256 of its rows.</param>
    /// <param name="rows">The rows that take part, ascending.</param>
    /// <param name="scores">A score each.</param>
    /// <param name="token">Stops the selection.</param>
    public IterationState Begin(IterationSettings settings, string pool, string identity, long[] rows, double[] scores, CancellationToken token)
    {
        string digest = IterationState.Digest(scores);
        return Updated(new IterationState
        {
            Settings = settings,
            Pool = pool,
            Identity = identity,
            Epoch = 0,
            Rows = rows,
            Order = [.. Enumerable.Range(0, rows.Length)],
            Scores = scores,
            ScoredIn = new int[rows.Length],
            Picks = [],
            Ineligible = 0,
            Unscored = 0,
            FirstScores = digest,
            Applied = digest,
        }, rows.Length, token);
    }

    /// <summary>The next epoch: the window alone takes part, by its new scores.</summary>
    /// <param name="state">The epoch before.</param>
    /// <param name="window">A score for each row of its window, in order.</param>
    /// <param name="token">Stops the selection.</param>
    public IterationState Next(IterationState state, double[] window, CancellationToken token)
    {
        double[] scores = [.. state.Scores];
        int[] scoredIn = [.. state.ScoredIn];
        for (int i = 0; i < window.Length; i++)
        {
            scores[state.Order[i]] = window[i];
            scoredIn[state.Order[i]] = state.Epoch + 1;
        }

        return Updated(state with { Epoch = state.Epoch + 1, Scores = scores, ScoredIn = scoredIn, Applied = IterationState.Digest(window) }, window.Length, token);
    }

    private IterationState Updated(IterationState state, int count, CancellationToken token)
    {
        IterativeOptions options = state.Settings.Options(state.Rows.Length);
        IterativeUpdate update = IterativeOrder.Update(
            state.Order, count, state.Scores, options, rows => texts([.. rows.Select(at => state.Rows[at])], token), picked => progress(picked, options.Count), token);
        return state with { Order = update.Order, Picks = update.Picks, Ineligible = update.Ineligible, Unscored = update.Unscored };
    }
}
