using Sluice.Recipes;

namespace Sluice.Sinks.Report.Facts;

/// <summary>What became of each pool row: selected, dropped by a step, or never a candidate. Two bytes a row.</summary>
internal sealed class RowFates
{
    /// <summary>Fate of a row that is no candidate, such as a duplicate.</summary>
    public const short NoCandidate = -1;

    /// <summary>Fate of a selected row; greater than every step.</summary>
    public const short Selected = short.MaxValue;

    private readonly short[] _fates;

    private RowFates(short[] fates) => _fates = fates;

    /// <summary>Pool rows.</summary>
    public int Count => _fates.Length;

    /// <summary>A row's fate: the 0-based step that dropped it, <see cref="Selected"/> or <see cref="NoCandidate"/>.</summary>
    public short this[long row] => _fates[row];

    /// <summary>The fates of any two groups of values laid behind each other, so that they compare as selected and dropped rows do.</summary>
    /// <param name="kept">Values of the first group, which counts as selected.</param>
    /// <param name="dropped">Values of the second.</param>
    public static RowFates OfGroups(int kept, int dropped)
    {
        short[] fates = new short[kept + dropped];
        Array.Fill(fates, Selected, 0, kept);
        return new RowFates(fates);
    }

    /// <summary>Reads the fates from an outcome.</summary>
    public static RowFates Of(long rows, RecipeOutcome outcome)
    {
        short[] fates = new short[rows];
        Array.Fill(fates, NoCandidate);
        Dictionary<string, short> steps = new(StringComparer.Ordinal);
        for (int i = 0; i < outcome.Steps.Count; i++)
        {
            steps.TryAdd(outcome.Steps[i].Text("step"), (short)i);
        }

        bool numbered = outcome.DroppedAt.Count == outcome.Dropped.Count;
        for (int i = 0; i < outcome.Dropped.Count; i++)
        {
            fates[DroppedRows.RowAt(outcome.Dropped, i)] = numbered ? (short)outcome.DroppedAt[i] : steps.GetValueOrDefault(DroppedRows.StepAt(outcome.Dropped, i));
        }

        foreach (long row in outcome.Selected)
        {
            fates[row] = Selected;
        }

        return new RowFates(fates);
    }
}
