using System.Runtime.CompilerServices;

namespace Sluice.Recipes;

/// <summary>Which step dropped each pool row, and where in the step's answer the reason stands: six bytes a row.</summary>
/// <param name="rows">Rows of the pool.</param>
internal sealed class RowDrops(long rows)
{
    private const short Kept = -1;
    private const int Restarted = -1;
    private readonly short[] _step = Filled(rows);
    private readonly int[] _place = new int[rows];
    private readonly List<(IReadOnlyList<Drop> Drops, string Restart)> _answers = [];

    /// <summary>Rows that are dropped.</summary>
    public int Count { get; private set; }

    /// <summary>Begins a step: what is dropped from here on is dropped by it. Steps come in order.</summary>
    /// <param name="drops">The step's answer.</param>
    /// <param name="restart">Why rows are dropped that do not come into the step at all.</param>
    public void Begin(IReadOnlyList<Drop> drops, string restart) => _answers.Add((drops, restart));

    /// <summary>Drops a row that does not come into the step.</summary>
    public void Restart(long row) => Set(row, Restarted);

    /// <summary>Drops the row that stands at a place of the step's answer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drop(long row, int place) => Set(row, place);

    /// <summary>Takes a row back.</summary>
    public void Keep(long row)
    {
        if (_step[row] != Kept)
        {
            _step[row] = Kept;
            Count--;
        }
    }

    /// <summary>The 0-based step that dropped a row; -1 for one that none did.</summary>
    public int Step(long row) => _step[row];

    /// <summary>Why a dropped row was dropped.</summary>
    public string Reason(long row)
    {
        (IReadOnlyList<Drop> drops, string restart) = _answers[_step[row]];
        return _place[row] == Restarted ? restart : drops[_place[row]].Reason;
    }

    /// <summary>The dropped rows, ascending.</summary>
    public int[] Rows()
    {
        int[] dropped = new int[Count];
        int count = 0;
        for (int row = 0; row < _step.Length; row++)
        {
            if (_step[row] != Kept)
            {
                dropped[count++] = row;
            }
        }

        return dropped;
    }

    private static short[] Filled(long rows)
    {
        short[] steps = new short[rows];
        Array.Fill(steps, Kept);
        return steps;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(long row, int place)
    {
        Count += _step[row] == Kept ? 1 : 0;
        _step[row] = checked((short)(_answers.Count - 1));
        _place[row] = place;
    }
}
