using Sluice.Curriculum;
using Sluice.Proportions;
using Sluice.Proportions.Estimation;

namespace Sluice.Tests.Proportions.Estimation;

public sealed class TaxonomyInductionTests
{
    [Fact]
    public void Induce_Chain_GivesBaseIntermediateDependent()
    {
        // a helps b, b helps c; d stands alone.
        DependencyTaxonomy taxonomy = Induce(("a", "b", 0.9), ("b", "a", 0.1), ("b", "c", 0.8), ("c", "b", -0.4), ("a", "d", 0.49), ("d", "d", 1));

        Assert.Equal([new("a", "b", 0.9), new("b", "c", 0.8)], taxonomy.Edges);
        Assert.Equal(["a"], taxonomy.Base);
        Assert.Equal(["b", "d"], taxonomy.Intermediate);
        Assert.Equal(["c"], taxonomy.Dependent);
        Assert.Equal(["a", "b", "c", "d"], taxonomy.Order);
        Assert.Empty(taxonomy.Cycles);
    }

    [Fact]
    public void Induce_BothHelpEachOther_TheStrongerDirectionIsTheEdgeAndEqualOnesMakeNone()
    {
        DependencyTaxonomy taxonomy = Induce(("a", "b", 0.6), ("b", "a", 0.7), ("a", "c", 0.5), ("c", "a", 0.5));

        Assert.Equal([new("b", "a", 0.7)], taxonomy.Edges);
    }

    [Fact]
    public void Induce_Circle_IsReportedAndBrokenAtItsWeakestEdge()
    {
        DependencyTaxonomy taxonomy = Induce(("a", "b", 0.9), ("b", "c", 0.6), ("c", "a", 0.8), ("c", "d", 0.55));

        TaxonomyCycle cycle = Assert.Single(taxonomy.Cycles);
        Assert.Equal(new("b", "c", 0.6), cycle.Broken);
        Assert.Equal([new("b", "c", 0.6), new("c", "a", 0.8), new("a", "b", 0.9)], cycle.Edges);
        Assert.Equal([new("a", "b", 0.9), new("c", "a", 0.8), new("c", "d", 0.55)], taxonomy.Edges.OrderBy(e => e.From));
        Assert.Equal(["c", "a", "b", "d"], taxonomy.Order);
    }

    [Fact]
    public void Induce_RandomMatrices_EndWithoutCirclesAndEveryReportedOneIsTrue()
    {
        SeededShuffle random = new(3);
        int broken = 0;
        for (int round = 0; round < 200; round++)
        {
            int count = 2 + random.Next(7);
            string[] names = [.. Enumerable.Range(0, count).Select(i => $"c{i}")];
            double[,] values = new double[count, count];
            foreach ((int i, int j) in from i in Enumerable.Range(0, count) from j in Enumerable.Range(0, count) select (i, j))
            {
                values[i, j] = (random.Next(25) / 10.0) - 1.2;
            }

            CategoryMatrix matrix = new("m", names, values);
            DependencyTaxonomy taxonomy = TaxonomyInduction.Induce(matrix, 0.3);
            broken += taxonomy.Cycles.Count;
            TaxonomyEdge[] all = [.. from f in names from t in names where f != t && matrix[t, f] >= 0.3 && matrix[t, f] > matrix[f, t] select new TaxonomyEdge(f, t, matrix[t, f])];

            // An order in which every edge leads onward exists exactly where there is no circle.
            List<string> order = [.. taxonomy.Order];
            Assert.Equal(names, order.Order());
            Assert.All(taxonomy.Edges, e => Assert.True(order.IndexOf(e.From) < order.IndexOf(e.To), $"round {round}"));
            Assert.Equal(all.ToHashSet(), taxonomy.Edges.Concat(taxonomy.Cycles.Select(c => c.Broken)).ToHashSet());
            Assert.Equal(all.Length, taxonomy.Edges.Count + taxonomy.Cycles.Count);
            Assert.All(taxonomy.Cycles, c =>
            {
                Assert.All(c.Edges.Zip(c.Edges.Skip(1).Append(c.Edges[0])), p => Assert.Equal(p.First.To, p.Second.From));
                Assert.All(c.Edges, e => Assert.True(e.Gamma >= c.Broken.Gamma && all.Contains(e)));
            });
            Assert.Equal(names, taxonomy.Base.Concat(taxonomy.Intermediate).Concat(taxonomy.Dependent).Order());
            Assert.All(taxonomy.Base, b => Assert.True(taxonomy.Edges.Any(e => e.From == b) && taxonomy.Edges.All(e => e.To != b)));
            Assert.All(taxonomy.Dependent, d => Assert.True(taxonomy.Edges.Any(e => e.To == d) && taxonomy.Edges.All(e => e.From != d)));
        }

        Assert.True(broken > 50, $"only {broken} circles met");
    }

    [Fact]
    public void Components_RandomGraphs_AreThoseThatReachEachOther()
    {
        SeededShuffle random = new(9);
        for (int round = 0; round < 100; round++)
        {
            int count = 1 + random.Next(9);
            int[][] next = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, count).Where(_ => random.Next(5) == 0).ToArray())];
            bool[,] reach = new bool[count, count];
            for (int i = 0; i < count; i++)
            {
                reach[i, i] = true;
                foreach (int j in next[i])
                {
                    reach[i, j] = true;
                }
            }

            for (int k = 0; k < count; k++)
            {
                for (int i = 0; i < count; i++)
                {
                    for (int j = 0; j < count; j++)
                    {
                        reach[i, j] |= reach[i, k] && reach[k, j];
                    }
                }
            }

            int[][] expected = [.. Enumerable.Range(0, count).GroupBy(i => Enumerable.Range(0, count).First(j => reach[i, j] && reach[j, i])).Select(g => g.ToArray())];
            Assert.Equal(expected, StronglyConnected.Components(next));
        }
    }

    [Fact]
    public void Induce_PublishedMatrix_HasNoCircleFrom07On()
    {
        // The published figure as read by us; the three groups were computed apart, with numpy.
        DependencyTaxonomy taxonomy = TaxonomyInduction.Induce(EffectEquivalence.Qwen(), 0.7);

        Assert.Empty(taxonomy.Cycles);
        Assert.Equal(81, taxonomy.Edges.Count);
        Assert.Equal(["Knowledge Reasoning"], taxonomy.Base);
        Assert.Equal(7, taxonomy.Intermediate.Count);
        Assert.Equal(20, taxonomy.Dependent.Count);
        Assert.Equal(3, TaxonomyInduction.Induce(EffectEquivalence.Qwen(), 0.5).Cycles.Count);
    }

    private static DependencyTaxonomy Induce(params (string Trained, string Target, double Gamma)[] cells)
    {
        string[] names = [.. cells.SelectMany(c => new[] { c.Trained, c.Target }).Distinct().Order()];
        double[,] values = new double[names.Length, names.Length];
        foreach ((string trained, string target, double gamma) in cells)
        {
            values[Array.IndexOf(names, target), Array.IndexOf(names, trained)] = gamma;
        }

        return TaxonomyInduction.Induce(new CategoryMatrix("m", names, values), 0.5);
    }
}
