using System.Numerics;

namespace Sluice.Inference.Tokenization.Models;

/// <summary>
/// A trie over UTF-16 units. Edges lie in one open-addressed table keyed by node and character, so a step is one probe and the whole has a few arrays.
/// </summary>
internal sealed class CharTrie
{
    private const ulong Empty = ulong.MaxValue;
    private readonly ulong[] _edges;
    private readonly int[] _children;
    private readonly int _shift;
    private readonly List<int> _values = [-1];

    /// <summary>Builds the trie of keys and their values; of equal keys the last counts.</summary>
    public CharTrie(IReadOnlyCollection<KeyValuePair<string, int>> entries)
    {
        long units = entries.Sum(entry => (long)entry.Key.Length);
        int size = (int)Math.Max(16, Math.Min(1 << 30, BitOperations.RoundUpToPowerOf2((ulong)units)));
        _edges = new ulong[size];
        Array.Fill(_edges, Empty);
        _children = new int[size];
        _shift = 64 - BitOperations.Log2((uint)size);
        foreach ((string key, int value) in entries)
        {
            int node = Root;
            foreach (char c in key)
            {
                node = StepOrAdd(node, c);
            }

            _values[node] = value;
        }

        // Sizing by total length is generous; build again at the size the edges need.
        int edges = _values.Count;
        int fit = (int)Math.Max(16, BitOperations.RoundUpToPowerOf2((ulong)edges * 2));
        if (fit < size)
        {
            ulong[] old = _edges;
            int[] oldChildren = _children;
            _edges = new ulong[fit];
            Array.Fill(_edges, Empty);
            _children = new int[fit];
            _shift = 64 - BitOperations.Log2((uint)fit);
            for (int i = 0; i < old.Length; i++)
            {
                if (old[i] != Empty)
                {
                    int slot = Slot(old[i]);
                    _edges[slot] = old[i];
                    _children[slot] = oldChildren[i];
                }
            }
        }

        Values = [.. _values];
        _values.Clear();
    }

    /// <summary>The node of the empty key.</summary>
    public const int Root = 0;

    /// <summary>The value at each node, or -1.</summary>
    public int[] Values { get; }

    /// <summary>The child of a node by a character, or -1.</summary>
    public int Step(int node, char c)
    {
        int slot = Slot(((ulong)(uint)node << 16) | c);
        return _edges[slot] == Empty ? -1 : _children[slot];
    }

    /// <summary>The node of a key, or -1.</summary>
    public int Find(ReadOnlySpan<char> key)
    {
        int node = Root;
        foreach (char c in key)
        {
            node = Step(node, c);
            if (node < 0)
            {
                break;
            }
        }

        return node;
    }

    private int StepOrAdd(int node, char c)
    {
        ulong edge = ((ulong)(uint)node << 16) | c;
        int slot = Slot(edge);
        if (_edges[slot] == Empty)
        {
            _edges[slot] = edge;
            _children[slot] = _values.Count;
            _values.Add(-1);
        }

        return _children[slot];
    }

    // The slot that holds the edge, or the free one where it would go.
    private int Slot(ulong edge)
    {
        ulong[] edges = _edges;
        int slot = (int)((edge * 0x9E3779B97F4A7C15) >> _shift);
        while (edges[slot] != edge && edges[slot] != Empty)
        {
            slot = (slot + 1) & (edges.Length - 1);
        }

        return slot;
    }
}
