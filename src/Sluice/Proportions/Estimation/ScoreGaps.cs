namespace Sluice.Proportions.Estimation;

/// <summary>Finds scores that are needed and not there, and says each gap once: a model never evaluated is one gap, not one a target.</summary>
internal static class ScoreGaps
{
    /// <summary>Adds what is missing to <paramref name="faults"/>.</summary>
    /// <param name="categories">The study's categories.</param>
    /// <param name="slices">Every slice met, with the line that named it first.</param>
    /// <param name="present">The scores there are.</param>
    /// <param name="faults">Takes the gaps.</param>
    public static void Find(
        IReadOnlyList<string> categories, IReadOnlyList<(string Target, string Slice, int Line)> slices, IReadOnlySet<(string Trained, string Target, string Slice)> present,
        List<ScoreFault> faults)
    {
        faults.AddRange(categories.Where(c => !slices.Any(s => s.Target == c)).Select(c => new ScoreFault(0, $"Found no score on '{c}', expected at least one slice of its evaluation.")));
        HashSet<string> trained = [.. present.Select(p => p.Trained)];
        foreach (string model in (IEnumerable<string>)[MeasuredScores.Base, .. categories])
        {
            if (!trained.Contains(model))
            {
                faults.Add(new(0, model == MeasuredScores.Base
                    ? $"Found no score of '{MeasuredScores.Base}', the model tuned on the base set alone. Every ratio needs it."
                    : $"Found no score of the model trained with '{model}'. Evaluate it on every category."));
                continue;
            }

            foreach (IGrouping<string, (string Target, string Slice, int Line)> target in slices.Where(s => !present.Contains((model, s.Target, s.Slice))).GroupBy(s => s.Target))
            {
                faults.Add(new(target.First().Line,
                    $"Found no score of '{model}' on '{target.Key}', {(target.Count() == 1 ? "slice" : "slices")} {string.Join(", ", target.Select(s => $"'{s.Slice}'"))}, named here. Expected one of every trained model."));
            }
        }
    }
}
