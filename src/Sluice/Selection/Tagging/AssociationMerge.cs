namespace Sluice.Selection.Tagging;

/// <summary>
/// What association rules merge. InsTag (arXiv 2308.07074, section 3.2) says that associated tags are "recursively" merged into atomic ones and no more, so there are two readings.
/// </summary>
internal static class AssociationMerge
{
    /// <summary>
    /// Each tag that implies another becomes that one, and through it what that implies. Of several the surest, then the rarest, which says most, then the first. Rules with
    /// several tags on the left say nothing about one of them, and merge nothing.
    /// </summary>
    /// <param name="rows">Rows that hold each tag.</param>
    /// <param name="rules">The rules.</param>
    /// <returns>For each tag the number of its group: the tag that stands for it.</returns>
    public static int[] Into(int[] rows, IReadOnlyList<AssociationRule> rules)
    {
        AssociationRule?[] best = new AssociationRule?[rows.Length];
        foreach (AssociationRule rule in rules.Where(static r => r.When.Length == 1))
        {
            int tag = rule.When[0];

            // Of two that imply each other the rarer becomes the other: one way only, so that no circle forms.
            if ((rows[tag], rule.Then).CompareTo((rows[rule.Then], tag)) < 0 && (best[tag] is not { } other || IsBetter(rule, other, rows)))
            {
                best[tag] = rule;
            }
        }

        return [.. Enumerable.Range(0, rows.Length).Select(tag =>
        {
            while (best[tag] is { } rule)
            {
                tag = rule.Then;
            }

            return tag;
        })];
    }

    /// <summary>All tags of a rule are one, and so are those of rules that share a tag.</summary>
    /// <param name="tags">How many tags there are.</param>
    /// <param name="rules">The rules.</param>
    /// <returns>For each tag the number of its group: one of its tags.</returns>
    public static int[] Groups(int tags, IReadOnlyList<AssociationRule> rules)
    {
        int[] part = [.. Enumerable.Range(0, tags)];
        foreach (AssociationRule rule in rules)
        {
            foreach (int tag in rule.When)
            {
                part[Root(tag)] = Root(rule.Then);
            }
        }

        return [.. Enumerable.Range(0, tags).Select(Root)];

        int Root(int tag)
        {
            while (part[tag] != tag)
            {
                part[tag] = part[part[tag]];
                tag = part[tag];
            }

            return tag;
        }
    }

    private static bool IsBetter(AssociationRule rule, AssociationRule other, int[] rows) =>
        (-rule.Confidence, rows[rule.Then], rule.Then).CompareTo((-other.Confidence, rows[other.Then], other.Then)) < 0;
}
