using Sluice.Selection.TagCoverage;

namespace Sluice.Selection.Tagging;

/// <summary>Which tags stand for one another so far: each tag has a leader, the tag that names its group.</summary>
internal sealed class TagGroups
{
    private readonly TagSets _sets;
    private readonly IReadOnlyList<string> _names;
    private readonly TagChange[] _change;

    /// <summary>Starts with every tag for itself.</summary>
    public TagGroups(TagSets sets, IReadOnlyList<string> names)
    {
        _sets = sets;
        _names = names;
        _change = new TagChange[sets.Tags];
        Rows = sets.Counts();
        Leader = [.. Enumerable.Range(0, sets.Tags)];
    }

    /// <summary>The leader of each tag; -1 when it is left out.</summary>
    public int[] Leader { get; }

    /// <summary>Rows that hold each tag.</summary>
    public int[] Rows { get; }

    /// <summary>The leaders, ascending.</summary>
    public int[] Leaders => [.. Enumerable.Range(0, Leader.Length).Where(t => Leader[t] == t)];

    /// <summary>Leaves tags out.</summary>
    public void Drop(Func<int, bool> drop, TagChange change)
    {
        for (int tag = 0; tag < Leader.Length; tag++)
        {
            if (Leader[tag] >= 0 && drop(tag))
            {
                Leader[tag] = -1;
                _change[tag] = change;
            }
        }
    }

    /// <summary>The rows' tags as groups: numbers of <paramref name="leaders"/>.</summary>
    public TagSets Grouped(int[] leaders)
    {
        int[] place = new int[Leader.Length];
        for (int i = 0; i < leaders.Length; i++)
        {
            place[leaders[i]] = i;
        }

        return _sets.Map(Array.ConvertAll(Leader, l => l < 0 ? -1 : place[l]), leaders.Length);
    }

    /// <summary>Makes groups one. The leader of most rows names the new group, among equals the first by ordinal.</summary>
    /// <param name="leaders">Leaders as <see cref="Leaders"/> gave them.</param>
    /// <param name="part">For each the number of the new group.</param>
    /// <param name="change">The stage.</param>
    public void Merge(int[] leaders, int[] part, TagChange change)
    {
        int[] rows = Grouped(leaders).Counts();
        Dictionary<int, int> best = [];
        for (int i = 0; i < leaders.Length; i++)
        {
            if (!best.TryGetValue(part[i], out int other) || rows[i] > rows[other]
                || (rows[i] == rows[other] && string.CompareOrdinal(_names[leaders[i]], _names[leaders[other]]) < 0))
            {
                best[part[i]] = i;
            }
        }

        int[] to = [.. Enumerable.Range(0, Leader.Length)];
        for (int i = 0; i < leaders.Length; i++)
        {
            to[leaders[i]] = leaders[best[part[i]]];
        }

        for (int tag = 0; tag < Leader.Length; tag++)
        {
            if (Leader[tag] >= 0 && to[Leader[tag]] != Leader[tag])
            {
                _change[tag] = _change[tag] == TagChange.None ? change : _change[tag];
                Leader[tag] = to[Leader[tag]];
            }
        }
    }

    /// <summary>What became of each tag.</summary>
    public TagEntry[] Entries() => [.. Enumerable.Range(0, Leader.Length).Select(t => new TagEntry(_names[t], Leader[t] < 0 ? "" : _names[Leader[t]], Rows[t], _change[t]))];
}
