using Sluice.Records;
using Sluice.Selection.TagCoverage;

namespace Sluice.Selection.Tagging;

/// <summary>
/// Brings open-set tags to atomic ones in the four stages of InsTag, arXiv 2308.07074, section 3.2: rare ones go, then those that differ in writing, those near in meaning and
/// those nearly always together become one.
/// </summary>
/// <param name="options">The stages.</param>
/// <param name="vectors">Gives tags their meaning; called only when the semantic stage runs.</param>
/// <param name="progress">Told what is done and its share.</param>
internal sealed class TagNormalizer(TagNormalization options, ITagVectors vectors, Action<string, double> progress)
{
    /// <summary>Runs the stages. The answer does not depend on the rows' order.</summary>
    /// <param name="sets">The rows' tags.</param>
    /// <param name="names">The tags' names, all different.</param>
    /// <param name="token">Stops the work.</param>
    public NormalizedTags Run(TagSets sets, IReadOnlyList<string> names, CancellationToken token)
    {
        TagGroups groups = new(sets, names);
        SortedDictionary<TagChange, int> after = [];
        if (options.MinCount > 1)
        {
            groups.Drop(tag => groups.Rows[tag] < options.MinCount, TagChange.Frequency);
            after[TagChange.Frequency] = groups.Leaders.Length;
        }

        if (options.Rules)
        {
            progress("comparing how tags are written", 0);
            Join(groups, names, TagRules.Key, TagChange.Rules);
            after[TagChange.Rules] = groups.Leaders.Length;
        }

        if (options.SemanticDistance > 0)
        {
            Semantic(groups, names, token);
            after[TagChange.Semantic] = groups.Leaders.Length;
        }

        (int rules, int passes) = (0, 0);
        if (options.MinSupport > 0)
        {
            (rules, passes) = Associations(groups, names, token);
            after[TagChange.Association] = groups.Leaders.Length;
        }

        return new NormalizedTags { Entries = groups.Entries(), Raw = sets.Tags, After = after, AssociationRules = rules, Passes = passes };
    }

    private static void Join(TagGroups groups, IReadOnlyList<string> names, Func<string, string> key, TagChange change)
    {
        int[] leaders = groups.Leaders;
        Dictionary<string, int> parts = new(StringComparer.Ordinal);
        int[] part = new int[leaders.Length];
        for (int i = 0; i < leaders.Length; i++)
        {
            string text = key(names[leaders[i]]);
            if (!parts.TryGetValue(text, out part[i]))
            {
                parts[text] = part[i] = parts.Count;
            }
        }

        groups.Merge(leaders, part, change);
    }

    // So that the rows' order, in which tags were first met, decides nothing where two are alike.
    private static int[] ByName(TagGroups groups, IReadOnlyList<string> names) => [.. groups.Leaders.OrderBy(l => names[l], StringComparer.Ordinal)];

    private void Semantic(TagGroups groups, IReadOnlyList<string> names, CancellationToken token)
    {
        int[] leaders = ByName(groups, names);
        if (leaders.Length < 2)
        {
            return;
        }

        progress($"comparing what {leaders.Length:N0} tags mean", 0);
        VectorData points = vectors.Vectors([.. leaders.Select(l => names[l].ToLowerInvariant())], token);
        int[] part = DensityClusters.Run(points, options.SemanticDistance, options.MinSamples, share => progress($"comparing what {leaders.Length:N0} tags mean", share), token);
        int parts = part.Length;
        for (int i = 0; i < part.Length; i++)
        {
            part[i] = part[i] == DensityClusters.Noise ? parts++ : part[i];
        }

        groups.Merge(leaders, part, TagChange.Semantic);
    }

    private (int Rules, int Passes) Associations(TagGroups groups, IReadOnlyList<string> names, CancellationToken token)
    {
        int total = 0;
        for (int pass = 1; ; pass++)
        {
            progress($"looking for tags that go together, pass {pass}", 0);
            int[] leaders = ByName(groups, names);
            TagSets sets = groups.Grouped(leaders);
            List<AssociationRule> rules = AssociationRules.Mine(sets, options.MinSupport, options.MinConfidence, options.MergeGroups ? options.MaxItems : 2, token);
            if (rules.Count == 0)
            {
                return (total, pass);
            }

            total += rules.Count;
            groups.Merge(leaders, options.MergeGroups ? AssociationMerge.Groups(leaders.Length, rules) : AssociationMerge.Into(sets.Counts(), rules), TagChange.Association);
        }
    }
}
