namespace Sluice.Selection.Tagging;

/// <summary>
/// The frequent-pattern tree of Han, Pei and Yin, SIGMOD 2000: sets of items merged along their common beginnings, with all places of an item at hand. It is built from sorted
/// sets, so that a set only ever continues the one before it.
/// </summary>
internal sealed class PatternTree
{
    private readonly List<int> _item = [-1];
    private readonly List<int> _parent = [-1];
    private readonly List<int> _count = [0];
    private readonly SortedDictionary<int, List<int>> _places = [];

    /// <summary>Builds the tree.</summary>
    /// <param name="sets">Sets of items, each ascending, with how often it is there.</param>
    public PatternTree(List<(int[] Items, int Count)> sets)
    {
        sets.Sort(static (a, b) => a.Items.AsSpan().SequenceCompareTo(b.Items));
        List<int> path = [];
        foreach ((int[] items, int count) in sets)
        {
            int common = 0;
            while (common < path.Count && common < items.Length && _item[path[common]] == items[common])
            {
                _count[path[common]] += count;
                common++;
            }

            path.RemoveRange(common, path.Count - common);
            for (; common < items.Length; common++)
            {
                path.Add(Place(items[common], path.Count == 0 ? 0 : path[^1], count));
            }
        }
    }

    /// <summary>The items, ascending.</summary>
    public IEnumerable<int> Items => _places.Keys;

    /// <summary>Sets that hold an item.</summary>
    public int Support(int item) => _places[item].Sum(place => _count[place]);

    /// <summary>What stands before an item in the sets that hold it: paths, ascending, each with how often it is there. Empty paths are left out.</summary>
    public List<(int[] Items, int Count)> Before(int item)
    {
        List<(int[] Items, int Count)> paths = [];
        List<int> path = [];
        foreach (int place in _places[item])
        {
            path.Clear();
            for (int at = _parent[place]; at > 0; at = _parent[at])
            {
                path.Add(_item[at]);
            }

            if (path.Count > 0)
            {
                path.Reverse();
                paths.Add(([.. path], _count[place]));
            }
        }

        return paths;
    }

    /// <summary>In how many of the sets that hold an item each item before it stands, ascending.</summary>
    public SortedDictionary<int, int> CountsBefore(int item)
    {
        SortedDictionary<int, int> counts = [];
        foreach (int place in _places[item])
        {
            for (int at = _parent[place]; at > 0; at = _parent[at])
            {
                counts[_item[at]] = counts.GetValueOrDefault(_item[at]) + _count[place];
            }
        }

        return counts;
    }

    private int Place(int item, int parent, int count)
    {
        int place = _item.Count;
        _item.Add(item);
        _parent.Add(parent);
        _count.Add(count);
        if (!_places.TryGetValue(item, out List<int>? places))
        {
            _places[item] = places = [];
        }

        places.Add(place);
        return place;
    }
}
