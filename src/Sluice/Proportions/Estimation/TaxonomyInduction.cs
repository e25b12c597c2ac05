namespace Sluice.Proportions.Estimation;

/// <summary>
/// Induces the dependency taxonomy of "Beyond IID" (arXiv 2409.07045) from an effect-equivalence matrix. The paper sorts categories into preliminary (base), intermediate and
/// subsequent (dependent) ones from the same intervention runs - which categories' ability fails to improve unless others were learned - and draws a Bayesian network; its release
/// holds no code for it. Our definition: an edge leads from i to j where training on i helps j by at least a threshold, and helps j more than training on j helps i. Circles are
/// broken at their weakest edge. Base categories only give, dependent ones only receive, intermediate ones do both or neither.
/// </summary>
internal static class TaxonomyInduction
{
    /// <summary>Induces the taxonomy.</summary>
    /// <param name="matrix">Coefficients; what is undefined stands there as 0 and makes no edge.</param>
    /// <param name="threshold">The least coefficient of an edge, above 0.</param>
    public static DependencyTaxonomy Induce(CategoryMatrix matrix, double threshold)
    {
        IReadOnlyList<string> names = matrix.Categories;
        int[][] next = [.. names.Select(from => Enumerable.Range(0, names.Count)
            .Where(to => names[to] != from && matrix[names[to], from] >= threshold && matrix[names[to], from] > matrix[from, names[to]]).ToArray())];
        TaxonomyEdge Edge(int from, int to) => new(names[from], names[to], matrix[names[to], names[from]]);
        List<TaxonomyCycle> cycles = [];
        while (StronglyConnected.Components(next).FirstOrDefault(c => c.Length > 1) is { } component)
        {
            (int from, int to) = Weakest(component, next, (f, t) => matrix[names[t], names[f]]);
            int[] way = ShortestWay(next, to, from);
            cycles.Add(new([Edge(from, to), .. way.Zip(way.Skip(1), Edge)], Edge(from, to)));
            next[from] = [.. next[from].Where(n => n != to)];
        }

        HashSet<int> receivers = [.. next.SelectMany(n => n)];
        string[] Group(Func<int, bool> belongs) => [.. Enumerable.Range(0, names.Count).Where(belongs).Select(i => names[i])];
        return new DependencyTaxonomy
        {
            Categories = names,
            Threshold = threshold,
            Edges = [.. next.SelectMany((tos, from) => tos.Select(to => Edge(from, to))).OrderByDescending(e => e.Gamma)],
            Cycles = cycles,
            Base = Group(i => next[i].Length > 0 && !receivers.Contains(i)),
            Intermediate = Group(i => next[i].Length > 0 == receivers.Contains(i)),
            Dependent = Group(i => next[i].Length == 0 && receivers.Contains(i)),
            Order = [.. Order(next).Select(i => names[i])],
        };
    }

    private static (int From, int To) Weakest(int[] component, int[][] next, Func<int, int, double> gamma) =>
        component.SelectMany(from => next[from].Where(component.Contains).Select(to => (From: from, To: to))).MinBy(e => gamma(e.From, e.To));

    // Breadth first, so that the reported circle is the shortest through the edge; lower nodes first, so that it is always the same.
    private static int[] ShortestWay(int[][] next, int start, int end)
    {
        int[] before = new int[next.Length];
        Array.Fill(before, -1);
        Queue<int> waiting = new([start]);
        while (waiting.TryDequeue(out int node) && node != end)
        {
            foreach (int other in next[node].Where(o => before[o] < 0 && o != start))
            {
                before[other] = node;
                waiting.Enqueue(other);
            }
        }

        List<int> way = [end];
        while (way[^1] != start)
        {
            way.Add(before[way[^1]]);
        }

        way.Reverse();
        return [.. way];
    }

    private static List<int> Order(int[][] next)
    {
        int[] open = new int[next.Length];
        foreach (int to in next.SelectMany(n => n))
        {
            open[to]++;
        }

        SortedSet<int> ready = [.. Enumerable.Range(0, next.Length).Where(i => open[i] == 0)];
        List<int> order = [];
        while (ready.Count > 0)
        {
            int node = ready.Min;
            ready.Remove(node);
            order.Add(node);
            foreach (int to in next[node].Where(to => --open[to] == 0))
            {
                ready.Add(to);
            }
        }

        return order;
    }
}
