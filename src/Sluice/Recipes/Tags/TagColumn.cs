using Sluice.Selection.TagCoverage;
using Sluice.Selection.Tagging;

namespace Sluice.Recipes.Tags;

/// <summary>The tags of some rows, each tag a number.</summary>
/// <param name="Sets">The rows' tags.</param>
/// <param name="Names">The tags by number.</param>
internal sealed record TagColumn(TagSets Sets, IReadOnlyList<string> Names)
{
    /// <summary>Numbers tags in the order in which they are met. Empty tags, and absent lists, are none.</summary>
    /// <param name="lists">Tags by pool row.</param>
    /// <param name="rows">The pool rows.</param>
    /// <param name="tidy">Whether white space at a tag's ends and runs of it inside are left out.</param>
    public static TagColumn Read(string[]?[] lists, long[] rows, bool tidy)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        TagSetsBuilder builder = new();
        foreach (long row in rows)
        {
            foreach (string tag in lists[row] ?? [])
            {
                string name = tidy ? TagRules.Tidy(tag) : tag;
                if (name.Length > 0)
                {
                    if (!numbers.TryGetValue(name, out int number))
                    {
                        numbers[name] = number = numbers.Count;
                    }

                    builder.Add(number);
                }
            }

            builder.EndRow();
        }

        return new TagColumn(builder.Build(numbers.Count), [.. numbers.OrderBy(n => n.Value).Select(n => n.Key)]);
    }

    /// <summary>The rows' atomic tags. A tag that the table does not name stays itself; one whose atomic tag is empty is left out.</summary>
    public TagColumn Map(IReadOnlyDictionary<string, string> atomic)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        int[] to = new int[Names.Count];
        for (int tag = 0; tag < to.Length; tag++)
        {
            string name = atomic.GetValueOrDefault(Names[tag], Names[tag]);
            if (name.Length == 0)
            {
                to[tag] = -1;
            }
            else if (!numbers.TryGetValue(name, out to[tag]))
            {
                numbers[name] = to[tag] = numbers.Count;
            }
        }

        return new TagColumn(Sets.Map(to, numbers.Count), [.. numbers.OrderBy(n => n.Value).Select(n => n.Key)]);
    }
}
