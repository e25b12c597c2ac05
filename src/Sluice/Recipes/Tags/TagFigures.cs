using System.Text.Json.Nodes;
using Sluice.Selection.TagCoverage;

namespace Sluice.Recipes.Tags;

/// <summary>The figures of a choice by tags: coverage and complexity as InsTag (arXiv 2308.07074, section 3.3) defines them.</summary>
internal static class TagFigures
{
    private const int MaxTags = 50;

    /// <summary>What the choice covers, and of what.</summary>
    /// <param name="column">The tags of the rows that came in.</param>
    /// <param name="result">The choice.</param>
    /// <param name="count">Rows asked for.</param>
    public static JsonObject Of(TagColumn column, ComplexityFirstResult result, int count)
    {
        TagSets sets = column.Sets;
        CoverageCurve curve = CoverageCurve.Of(sets, result.Order);
        long tags = 0;
        int[] chosen = new int[sets.Tags];
        foreach (int row in result.Order)
        {
            tags += sets[row].Length;
            foreach (int tag in sets[row])
            {
                chosen[tag]++;
            }
        }

        return new JsonObject
        {
            ["kept"] = result.Order.Length,
            ["count"] = count,
            ["exhausted"] = result.Exhausted,
            ["untagged"] = result.Untagged,
            ["rounds"] = result.Rounds,
            ["tags"] = column.Names.Count,
            ["coverage"] = curve.Coverage.Length > 0 ? curve.Coverage[^1] : 0,
            ["coverageAtRandom"] = CoverageCurve.AtRandom(sets, result.Order.Length),
            ["complexity"] = new JsonObject
            {
                ["in"] = Mean(sets.Total, sets.Rows),
                ["out"] = Mean(tags, result.Order.Length),
            },
            ["coverageCurve"] = new JsonObject
            {
                ["rank"] = new JsonArray([.. curve.Rank.Select(r => (JsonNode)r)]),
                ["coverage"] = new JsonArray([.. curve.Coverage.Select(c => (JsonNode)Math.Round(c, 6))]),
            },
            ["topTags"] = Top(column, chosen),
        };
    }

    private static JsonArray Top(TagColumn column, int[] chosen)
    {
        int[] counts = column.Sets.Counts();
        return new JsonArray([.. Enumerable.Range(0, counts.Length)
            .OrderByDescending(t => counts[t]).ThenBy(t => column.Names[t], StringComparer.Ordinal).Take(MaxTags)
            .Select(t => new JsonObject { ["tag"] = column.Names[t], ["in"] = counts[t], ["out"] = chosen[t] })]);
    }

    private static double Mean(long sum, int count) => count == 0 ? 0 : (double)sum / count;
}
