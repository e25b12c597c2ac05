namespace Sluice.Tests.Dedup;

/// <summary>Brute force: the exact Jaccard index of a set with every kept one, by counting common shingles.</summary>
internal sealed class InvertedIndex
{
    private readonly Dictionary<ulong, List<int>> _holders = [];
    private readonly List<(int Row, int Size)> _kept = [];

    public int Count => _kept.Count;

    public void Add(int row, ulong[] set)
    {
        foreach (ulong shingle in set)
        {
            if (!_holders.TryGetValue(shingle, out List<int>? holders))
            {
                _holders[shingle] = holders = [];
            }

            holders.Add(_kept.Count);
        }

        _kept.Add((row, set.Length));
    }

    public (int Row, double Jaccard) Best(ulong[] set)
    {
        int[] common = new int[_kept.Count];
        foreach (int holder in set.SelectMany(shingle => _holders.GetValueOrDefault(shingle) ?? []))
        {
            common[holder]++;
        }

        (int Row, double Jaccard) best = (-1, 0);
        for (int i = 0; i < common.Length; i++)
        {
            double jaccard = common[i] / (double)(set.Length + _kept[i].Size - common[i]);
            if (jaccard > best.Jaccard)
            {
                best = (_kept[i].Row, jaccard);
            }
        }

        return best;
    }
}
