using System.Buffers;
using System.Numerics;

namespace Sluice.Inference.Batching;

/// <summary>
/// Which rows run together: sorted by length and then row, cut into batches so that padding and calls together cost least (an exact
/// shortest path over the cuts). A pure function of lengths and limits, so a row's batch depends on nothing else.
/// </summary>
internal sealed class BatchPlan
{
    private readonly int[] _order;
    private readonly int[] _ends;

    private BatchPlan(int[] order, int[] ends)
    {
        _order = order;
        _ends = ends;
    }

    /// <summary>Number of batches.</summary>
    public int Count => _ends.Length;

    /// <summary>The rows of a batch, the shortest first; each row is in exactly one.</summary>
    public ReadOnlySpan<int> this[int batch]
    {
        get
        {
            int start = batch == 0 ? 0 : _ends[batch - 1];
            return _order.AsSpan(start, _ends[batch] - start);
        }
    }

    /// <summary>Plans the batches of rows with these numbers of tokens; rows of a negative length are left out.</summary>
    public static BatchPlan Create(ReadOnlySpan<int> lengths, BatchLimits limits)
    {
        int[] order = Sort(lengths);
        return new BatchPlan(order, Cut(lengths, order, limits));
    }

    // By length, rows of one length in their order: each is counted, then put where its length begins.
    private static int[] Sort(ReadOnlySpan<int> lengths)
    {
        int longest = -1, count = 0;
        foreach (int length in lengths)
        {
            longest = Math.Max(longest, length);
            count += length >= 0 ? 1 : 0;
        }

        int[] order = new int[count];
        int[] begins = ArrayPool<int>.Shared.Rent(longest + 2);
        Span<int> next = begins.AsSpan(0, longest + 2);
        next.Clear();
        foreach (int length in lengths)
        {
            if (length >= 0)
            {
                next[length + 1]++;
            }
        }

        for (int length = 1; length < next.Length; length++)
        {
            next[length] += next[length - 1];
        }

        for (int row = 0; row < lengths.Length; row++)
        {
            if (lengths[row] >= 0)
            {
                order[next[lengths[row]]++] = row;
            }
        }

        ArrayPool<int>.Shared.Return(begins);
        return order;
    }

    private static int[] Cut(ReadOnlySpan<int> lengths, int[] order, BatchLimits limits)
    {
        // best[i]: least cost of the first i sorted rows; from[i]: where the last batch of that best begins.
        long[] best = new long[order.Length + 1];
        int[] from = new int[order.Length + 1];
        for (int end = 1; end <= order.Length; end++)
        {
            long longest = Math.Max(1, lengths[order[end - 1]]);
            best[end] = best[end - 1] + longest + limits.CallTokens;
            from[end] = end - 1;
            // With lengths in order a batch that costs least never begins before the one of a row earlier: one more row makes every wide batch dearer by as much
            // again as its rows are more. So most cuts need not be tried, and the plan is the same.
            int least = (int)Math.Max(Math.Max(from[end - 1], end - (long)limits.Rows), end - (limits.Tokens / longest));
            (long cost, int start) = Cheapest(best, least, end - 1, longest);
            cost += (end * longest) + limits.CallTokens;
            if (cost < best[end])
            {
                best[end] = cost;
                from[end] = start;
            }
        }

        var ends = new List<int>();
        for (int end = order.Length; end > 0; end = from[end])
        {
            ends.Add(end);
        }

        ends.Reverse();
        return [.. ends];
    }

    // The last of the places from which what is spent before and saved behind it is least: best - place x longest.
    private static (long Cost, int Start) Cheapest(ReadOnlySpan<long> best, int from, int to, long longest)
    {
        long least = long.MaxValue / 2;
        int at = from;
        if (to - from >= 2 * Vector<long>.Count)
        {
            Vector<long> lowest = new(least);
            Vector<long> saved = (Vector<long>.Indices + new Vector<long>(from)) * longest;
            Vector<long> step = new(Vector<long>.Count * longest);
            for (; at <= to - Vector<long>.Count; at += Vector<long>.Count)
            {
                lowest = Vector.Min(lowest, new Vector<long>(best[at..]) - saved);
                saved += step;
            }

            for (int lane = 0; lane < Vector<long>.Count; lane++)
            {
                least = Math.Min(least, lowest[lane]);
            }
        }

        for (; at < to; at++)
        {
            least = Math.Min(least, best[at] - (at * longest));
        }

        int start = to - 1;
        while (start > from && best[start] - (start * longest) != least)
        {
            start--;
        }

        return (least, start);
    }
}
