namespace Sluice.Proportions.Estimation;

/// <summary>Strongly connected components (Tarjan, "Depth-first search and linear graph algorithms", 1972).</summary>
internal sealed class StronglyConnected
{
    private readonly int[][] _next;
    private readonly int[] _number;
    private readonly int[] _low;
    private readonly bool[] _onStack;
    private readonly Stack<int> _stack = new();
    private readonly List<int[]> _components = [];
    private int _count;

    private StronglyConnected(int[][] next)
    {
        _next = next;
        _number = new int[next.Length];
        _low = new int[next.Length];
        _onStack = new bool[next.Length];
    }

    /// <summary>The components, each with its nodes ascending, in the order of their lowest node.</summary>
    /// <param name="next">The nodes that each node leads to.</param>
    public static IReadOnlyList<int[]> Components(int[][] next)
    {
        StronglyConnected search = new(next);
        for (int node = 0; node < next.Length; node++)
        {
            if (search._number[node] == 0)
            {
                search.Visit(node);
            }
        }

        return [.. search._components.OrderBy(c => c[0])];
    }

    // Deep as the graph has nodes at most: categories, a few hundred.
    private void Visit(int node)
    {
        _number[node] = _low[node] = ++_count;
        _stack.Push(node);
        _onStack[node] = true;
        foreach (int other in _next[node])
        {
            if (_number[other] == 0)
            {
                Visit(other);
                _low[node] = Math.Min(_low[node], _low[other]);
            }
            else if (_onStack[other])
            {
                _low[node] = Math.Min(_low[node], _number[other]);
            }
        }

        if (_low[node] == _number[node])
        {
            _components.Add(Pop(node));
        }
    }

    private int[] Pop(int root)
    {
        List<int> component = [];
        do
        {
            component.Add(_stack.Pop());
            _onStack[component[^1]] = false;
        }
        while (component[^1] != root);
        component.Sort();
        return [.. component];
    }
}
