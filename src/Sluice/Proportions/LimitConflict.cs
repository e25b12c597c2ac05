namespace Sluice.Proportions;

/// <summary>
/// Why a problem has no answer, and the fewest limits whose change would give one. A set of limits to change must touch every set that cannot hold together, so minimal
/// contradictions are gathered until a smallest set that touches all of them leaves an answer (implicit hitting sets; Chinneck, Feasibility and Infeasibility in Optimization, 2008).
/// Among sets of the same size the least change in all wins, then the limits listed first.
/// </summary>
internal sealed class LimitConflict
{
    private const int LargestSet = 3;
    private const int MostSolves = 3000;
    private const int RowsNamed = 3;
    private const double Nothing = 1e-9;

    private readonly ProportionProgram _program;
    private readonly ILinearSolver _solver;
    private readonly double _row;
    private readonly ShareLimit[] _movable;
    private readonly List<int[]> _contradictions = [];
    private readonly Dictionary<string, double?> _known = new(StringComparer.Ordinal);
    private int _solves;

    private LimitConflict(ProportionProblem problem, ProportionProgram program, ILinearSolver solver)
    {
        _program = program;
        _solver = solver;
        _row = 1.0 / problem.Count;

        // Rows that do not exist cannot be had by changing an option; they give way only where nothing else helps.
        _movable = [.. program.Limits.Where(limit => limit.Kind != LimitKind.Rows)];
        if (Change([.. Enumerable.Range(0, _movable.Length)]) is null)
        {
            _movable = [.. program.Limits];
            _known.Clear();
        }
    }

    /// <summary>The exception that names the limits in conflict and what to change.</summary>
    public static ProportionInfeasibleException Explain(ProportionProblem problem, ProportionProgram program, ILinearSolver solver)
    {
        LimitConflict conflict = new(problem, program, solver);
        int[]? smallest = conflict.Smallest();
        int[] all = [.. Enumerable.Range(0, conflict._movable.Length)];
        IReadOnlyList<Relaxation> changes = conflict.Changes(smallest ?? all);
        string[] rows = [.. conflict._contradictions.SelectMany(conflict.Rows).Distinct(StringComparer.Ordinal)];
        string[] names =
        [
            .. conflict._contradictions.SelectMany(conflict.Names).Distinct(StringComparer.Ordinal),
            .. rows.Take(RowsNamed),
            .. rows.Length > RowsNamed ? (string[])[$"the rows there are of {rows.Length - RowsNamed} more kinds"] : [],
        ];
        return new ProportionInfeasibleException(names, changes, smallest is not null);
    }

    private int[]? Smallest()
    {
        AddContradiction([]);
        for (int size = 1; size <= LargestSet;)
        {
            int known = _contradictions.Count;
            (int[] Set, double Change)? best = null;
            foreach (int[] set in Touching(size))
            {
                if (_solves > MostSolves)
                {
                    return null;
                }

                if (Change(set) is not double change)
                {
                    AddContradiction(set);
                    break;
                }

                best = best is null || change < best.Value.Change - Nothing ? (set, change) : best;
            }

            if (_contradictions.Count == known)
            {
                if (best is not null)
                {
                    return best.Value.Set;
                }

                size++;
            }
        }

        return null;
    }

    // Every set of that size that touches all contradictions known, in the order of the limits.
    private IEnumerable<int[]> Touching(int size)
    {
        SortedSet<string> seen = new(StringComparer.Ordinal);
        List<int[]> sets = [];
        Grow([]);
        return sets.OrderBy(set => set, Comparer<int[]>.Create(static (x, y) => x.AsSpan().SequenceCompareTo(y)));

        void Grow(int[] chosen)
        {
            int[]? open = _contradictions.FirstOrDefault(contradiction => !contradiction.Intersect(chosen).Any());
            if (open is null && seen.Add(string.Join(',', chosen.Order())))
            {
                sets.Add([.. chosen.Order()]);
            }

            foreach (int limit in chosen.Length < size && open is not null ? open : [])
            {
                Grow([.. chosen, limit]);
            }
        }
    }

    // A minimal contradiction among the limits other than those given: first those with a price, then whatever is needed.
    private void AddContradiction(int[] without)
    {
        List<int> set = [.. Priced(without).Keys];
        foreach (int limit in set.ToArray())
        {
            if (Change([.. Enumerable.Range(0, _movable.Length).Where(i => i == limit || !set.Contains(i))]) is null)
            {
                _ = set.Remove(limit);
            }
        }

        _contradictions.Add([.. set]);
    }

    // The limits that the least violation hangs on, with the places where they do; those given may be broken for nothing.
    private Dictionary<int, string[]> Priced(int[] without)
    {
        LinearSolution solution = Loosened([.. Enumerable.Range(0, _movable.Length)], limit => without.Any(w => _movable[w] == limit) ? 0 : Cost(limit));
        Dictionary<int, string[]> priced = [];
        int at = solution.Duals.Length - _movable.Sum(limit => limit.Sides.Count);
        for (int i = 0; i < _movable.Length; i++)
        {
            LimitSide[] held = [.. _movable[i].Sides.Where((_, side) => Math.Abs(solution.Duals[at + side]) > Nothing)];
            at += _movable[i].Sides.Count;
            if (held.Length > 0 && !without.Contains(i))
            {
                priced[i] = [.. held.Select(side => side.Place)];
            }
        }

        return priced;
    }

    // The least change of all the limits given after which there is an answer; null when there is none.
    private double? Change(int[] set)
    {
        string key = string.Join(',', set);
        if (!_known.TryGetValue(key, out double? change))
        {
            LinearSolution solution = Loosened(set, Cost);
            _known[key] = change = solution.Status == SolveStatus.Optimal ? -solution.Objective : null;
        }

        return change;
    }

    private IReadOnlyList<Relaxation> Changes(int[] set)
    {
        LinearSolution solution = Loosened(set, Cost);
        return
        [
            .. set.Select((limit, i) => (Limit: _movable[limit], Change: solution.Values[^(set.Length - i)]))
                .Where(c => c.Change > Nothing)
                .Select(c => new Relaxation(c.Limit.ToString(), c.Limit.Value, c.Limit.Value + (c.Limit.Looser * c.Change), c.Limit)),
        ];
    }

    private IEnumerable<string> Names(int[] set)
    {
        Dictionary<int, string[]> places = Priced([.. Enumerable.Range(0, _movable.Length).Except(set)]);
        return set.Select(i => _movable[i].Subject.Length == 0 && places.TryGetValue(i, out string[]? held) && held is [{ Length: > 0 }, ..]
            ? $"{_movable[i]} for {string.Join(", ", held.Distinct(StringComparer.Ordinal).Select(place => $"'{place}'"))}"
            : _movable[i].ToString());
    }

    // Rows that stand in a contradiction's way although no change of theirs is asked for.
    private IEnumerable<string> Rows(int[] set)
    {
        LinearSolution solution = Loosened([.. Enumerable.Range(0, _movable.Length)], limit => set.Any(i => _movable[i] == limit) ? Cost(limit) : 0);
        return _program.Limits.Except(_movable).Where(limit => solution.ReducedCosts[limit.Sides[0].Columns[0]] > Nothing).Select(limit => limit.ToString());
    }

    private LinearSolution Loosened(int[] set, Func<ShareLimit, double> cost)
    {
        _solves++;
        return _solver.Solve(_program.Loosened([.. set.Select(i => _movable[i])], cost));
    }

    private double Cost(ShareLimit limit) => limit.CountsRows ? _row : 1;
}
