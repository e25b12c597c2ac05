using System.Runtime.InteropServices;
using Sluice.Records;

namespace Sluice.Proportions;

/// <summary>
/// Brings rows to given counts a category (or cell): the lowest quality goes first (highest row on ties), the best that is not there yet comes first (lowest row on ties), or
/// which is random; no row comes twice.
/// </summary>
internal static class ProportionResample
{
    /// <summary>How many rows of each category a result could hold: those that came in and those of the source that did not.</summary>
    public static int[] Available(ReadOnlySpan<ResampleRow> incoming, ReadOnlySpan<ResampleRow> source, int categories)
    {
        int[] available = new int[categories];
        RowSet seen = SetFor(incoming, source);
        Tally(incoming);
        Tally(source);
        return available;

        void Tally(ReadOnlySpan<ResampleRow> rows)
        {
            foreach (ResampleRow row in rows)
            {
                if (seen.TryAdd(row.Row))
                {
                    available[row.Category]++;
                }
            }
        }
    }

    /// <summary>Drops and adds. Throws <see cref="ArgumentException"/> when a category has fewer rows than asked for, or a row came in twice.</summary>
    /// <param name="incoming">The rows so far, in order.</param>
    /// <param name="source">Rows to draw from; those that came in, and repeats, are passed over.</param>
    /// <param name="counts">Rows wanted, a category each.</param>
    /// <param name="random">Chooses the rows; null for the worst to go and the best to come.</param>
    public static ResampleResult Apply(ReadOnlySpan<ResampleRow> incoming, ReadOnlySpan<ResampleRow> source, ReadOnlySpan<int> counts, Random? random = null)
    {
        List<ResampleRow>[] present = Split(incoming, counts.Length);
        RowSet taken = SetFor(incoming, source);
        foreach (ResampleRow row in incoming)
        {
            if (!taken.TryAdd(row.Row))
            {
                throw new ArgumentException($"Row {row.Row} came in twice, expected each row once.", nameof(incoming));
            }
        }

        List<ResampleRow> added = [];
        RowSet dropped = SetFor(incoming, []);
        List<ResampleRow>[] candidates = Split(source, counts.Length);
        for (int category = 0; category < counts.Length; category++)
        {
            Order(present[category], random);
            foreach (ResampleRow row in present[category].Skip(counts[category]))
            {
                dropped.Add(row.Row);
            }

            List<ResampleRow> open = [.. candidates[category].Where(row => taken.TryAdd(row.Row))];
            Order(open, random);
            ResampleRow[] fresh = [.. open.Take(Math.Max(0, counts[category] - present[category].Count))];
            if (present[category].Count + fresh.Length < counts[category])
            {
                throw new ArgumentException(
                    $"Category {category} has {present[category].Count + fresh.Length} rows, expected the {counts[category]} asked for.", nameof(counts));
            }

            added.AddRange(fresh);
        }

        Order(added, random);
        return Result(incoming, dropped, [.. added.Select(row => row.Row)]);
    }

    /// <summary>Puts rows in the order of their worth, or, with a source of randomness, in a random one: higher quality first, rows without a score last, lowest row on ties.</summary>
    public static void Order(List<ResampleRow> rows, Random? random)
    {
        Span<ResampleRow> ordered = CollectionsMarshal.AsSpan(rows);
        if (random is not null)
        {
            random.Shuffle(ordered);
            return;
        }

        ulong[] keys = new ulong[ordered.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = DescendingKeys.Of(ordered[i].Quality, absentLast: true);
        }

        keys.AsSpan().Sort(ordered);
        for (int start = 0, end; start < keys.Length; start = end)
        {
            for (end = start + 1; end < keys.Length && keys[end] == keys[start]; end++)
            {
            }

            if (end - start > 1)
            {
                ordered[start..end].Sort(static (x, y) => x.Row.CompareTo(y.Row));
            }
        }
    }

    /// <summary>An empty set with room for all of the rows.</summary>
    public static RowSet SetFor(ReadOnlySpan<ResampleRow> incoming, ReadOnlySpan<ResampleRow> source)
    {
        int most = -1;
        foreach (ResampleRow row in incoming)
        {
            most = Math.Max(most, row.Row);
        }

        foreach (ResampleRow row in source)
        {
            most = Math.Max(most, row.Row);
        }

        return new RowSet(most + 1L);
    }

    /// <summary>Splits the incoming rows by whether they go.</summary>
    public static ResampleResult Result(ReadOnlySpan<ResampleRow> incoming, RowSet dropped, int[] added)
    {
        List<int> kept = [];
        List<int> gone = [];
        foreach (ResampleRow row in incoming)
        {
            (dropped.Contains(row.Row) ? gone : kept).Add(row.Row);
        }

        return new ResampleResult([.. kept], [.. gone], added);
    }

    /// <summary>The rows by category, in order.</summary>
    public static List<ResampleRow>[] Split(ReadOnlySpan<ResampleRow> rows, int categories)
    {
        List<ResampleRow>[] split = [.. Enumerable.Range(0, categories).Select(_ => new List<ResampleRow>())];
        foreach (ResampleRow row in rows)
        {
            split[row.Category].Add(row);
        }

        return split;
    }
}
