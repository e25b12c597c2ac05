namespace Sluice.Sinks.Report.Facts;

/// <summary>Which candidates the map shows: evenly spaced in source order, so that the same pool gives the same map.</summary>
/// <param name="Rows">Pool rows, ascending.</param>
/// <param name="Selected">How many of them are selected rows.</param>
internal sealed record MapSample(IReadOnlyList<long> Rows, int Selected)
{
    /// <summary>Most points on the map.</summary>
    public const int MaxPoints = 4000;

    // Selected rows are few among many; without room of their own a sample would hardly show them.
    private const int SelectedRoom = 1500;

    /// <summary>Chooses rows.</summary>
    public static MapSample Of(RowFates fates)
    {
        List<long> selected = [];
        List<long> dropped = [];
        for (int row = 0; row < fates.Count; row++)
        {
            if (fates[row] != RowFates.NoCandidate)
            {
                (fates[row] == RowFates.Selected ? selected : dropped).Add(row);
            }
        }

        int room = Math.Max(SelectedRoom, MaxPoints - dropped.Count);
        List<long> some = Spaced(selected, room);
        return new MapSample([.. some.Concat(Spaced(dropped, MaxPoints - some.Count)).Order()], some.Count);
    }

    private static List<long> Spaced(List<long> rows, int count) =>
        rows.Count <= count ? rows : [.. Enumerable.Range(0, count).Select(i => rows[(int)((long)i * rows.Count / count)])];
}
