using Sluice.Records;
using Sluice.Sinks.Diff;

namespace Sluice.Runs.Diff;

/// <summary>Tells of rows that one output holds and the other does not: why not, and a few of them as they are.</summary>
/// <param name="tables">Reads the pools, where they are still there.</param>
/// <param name="parquet">Streams tables.</param>
/// <param name="samples">Rows to show.</param>
internal sealed class DiffRows(ITableFiles tables, IParquetRows parquet, int samples)
{
    /// <summary>Reasons and samples.</summary>
    /// <param name="holder">The output that holds the rows.</param>
    /// <param name="places">Their places in its selection, by rank.</param>
    /// <param name="other">The output that does not.</param>
    /// <param name="partners">File of the holder's pool to that of the other's.</param>
    /// <param name="token">Ends it.</param>
    public (IReadOnlyList<DiffReason> Why, IReadOnlyList<DiffRow> Rows) Of(
        DiffInput holder, IReadOnlyList<int> places, DiffInput other, IReadOnlyList<int> partners, CancellationToken token)
    {
        HashSet<long> wanted = new(places.Count);
        long without = 0;
        foreach (int place in places)
        {
            long key = There(holder.Selection.Keys[place], partners);
            without += key < 0 ? 1 : 0;
            _ = key >= 0 && wanted.Add(key);
        }

        int[] shown = [.. places.Take(samples)];
        HashSet<long> keys = [.. shown.Select(place => There(holder.Selection.Keys[place], partners))];
        DroppedScan dropped = DroppedScan.Read(other.Manifest, other.Keys, wanted, keys, parquet, token);
        List<DiffReason> why = [.. dropped.Reasons()];
        AddUnlessNone(why, "their file is not among the inputs there", without);
        AddUnlessNone(why, "no candidates there: repeats of an earlier row, or rejected", wanted.Count - dropped.Found);
        return (why, Rows(holder, shown, other, partners, dropped, token));
    }

    private List<DiffRow> Rows(DiffInput holder, int[] places, DiffInput other, IReadOnlyList<int> partners, DroppedScan dropped, CancellationToken token)
    {
        int[] ranks = [.. places.Select(place => holder.Selection.Ranks[place])];
        IReadOnlyDictionary<int, string> figures = RowLines.Figures(holder.Manifest, ranks);
        IReadOnlyDictionary<int, string> texts = RowLines.Texts(holder.Manifest, ranks, parquet, token);
        using Absence absence = new(other.Manifest, tables);
        List<DiffRow> rows = [];
        foreach (int place in places)
        {
            int rank = holder.Selection.Ranks[place];
            long key = There(holder.Selection.Keys[place], partners);
            string why = key < 0 ? "its file is not among the inputs there"
                : dropped.Of(key) is { } found ? $"dropped by {found.Step}: {found.Reason}"
                : absence.Say(other.IdOf(key));
            rows.Add(new DiffRow(holder.Id(place), rank, figures.GetValueOrDefault(rank, ""), why, texts.GetValueOrDefault(rank, "")));
        }

        return rows;
    }

    // The row's key in the other output; -1 where its file is none of that pool's.
    private static long There(long key, IReadOnlyList<int> partners) => partners[RowKeys.File(key)] is >= 0 and int file ? RowKeys.In(file, key) : -1;

    private static void AddUnlessNone(List<DiffReason> reasons, string reason, long rows)
    {
        if (rows > 0)
        {
            reasons.Add(new DiffReason("", reason, rows));
        }
    }
}
