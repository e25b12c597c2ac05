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

    private static int[] Sort(ReadOnlySpan<int> lengths)
    {
        var keys = new List<long>(lengths.Length);
        for (int row = 0; row < lengths.Length; row++)
        {
            if (lengths[row] >= 0)
            {
                keys.Add(((long)lengths[row] << 32) | (uint)row);
            }
        }

        keys.Sort();
        int[] order = new int[keys.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = (int)keys[i];
        }

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
            for (int start = end - 2; start >= least; start--)
            {
                long cost = best[start] + ((end - start) * longest) + limits.CallTokens;
                if (cost < best[end])
                {
                    best[end] = cost;
                    from[end] = start;
                }
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
}
