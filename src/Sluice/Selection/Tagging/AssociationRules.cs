using Sluice.Selection.TagCoverage;

namespace Sluice.Selection.Tagging;

/// <summary>Rules between tags that nearly always stand together (InsTag, arXiv 2308.07074, section 3.2, association aggregation).</summary>
internal static class AssociationRules
{
    /// <summary>The rules with one tag on the right-hand side, in a fixed order.</summary>
    /// <param name="sets">The rows' tags.</param>
    /// <param name="minSupport">Rows that hold all tags of a rule, at least.</param>
    /// <param name="minConfidence">Confidence at least (0 to 1).</param>
    /// <param name="maxItems">Tags of a rule, both sides together, at most; 2 or more.</param>
    /// <param name="token">Stops the work.</param>
    public static List<AssociationRule> Mine(TagSets sets, int minSupport, double minConfidence, int maxItems, CancellationToken token)
    {
        List<ItemSet> patterns = FrequentPatterns.Mine(sets, minSupport, maxItems, token);
        Dictionary<int[], int> support = new(patterns.Count, ItemComparer.Instance);
        foreach (ItemSet pattern in patterns)
        {
            support[pattern.Items] = pattern.Support;
        }

        List<AssociationRule> rules = [];
        foreach (ItemSet pattern in patterns.Where(static p => p.Items.Length > 1))
        {
            for (int i = 0; i < pattern.Items.Length; i++)
            {
                int[] when = [.. pattern.Items[..i], .. pattern.Items[(i + 1)..]];
                double confidence = (double)pattern.Support / support[when];
                if (confidence >= minConfidence)
                {
                    rules.Add(new AssociationRule(when, pattern.Items[i], pattern.Support, confidence));
                }
            }
        }

        return rules;
    }

    private sealed class ItemComparer : IEqualityComparer<int[]>
    {
        public static ItemComparer Instance { get; } = new();

        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] obj)
        {
            HashCode hash = default;
            foreach (int item in obj)
            {
                hash.Add(item);
            }

            return hash.ToHashCode();
        }
    }
}
