using System.Collections;

namespace Sluice.Recipes;

/// <summary>The rows that a recipe dropped, by row, with step and reason made when they are asked for. Two numbers a pool row, whatever the reasons say.</summary>
internal sealed class DroppedRows : IReadOnlyList<(long Row, string Step, string Reason)>
{
    private readonly RowDrops _drops;
    private readonly string[] _names;
    private readonly int[] _rows;

    /// <param name="drops">Which step dropped which row.</param>
    /// <param name="names">The names of the steps.</param>
    public DroppedRows(RowDrops drops, string[] names)
    {
        _drops = drops;
        _names = names;
        _rows = drops.Rows();
        Steps = new StepList(this);
    }

    /// <inheritdoc/>
    public int Count => _rows.Length;

    /// <summary>The 0-based step that dropped each row.</summary>
    public IReadOnlyList<int> Steps { get; }

    /// <inheritdoc/>
    public (long Row, string Step, string Reason) this[int index] => (_rows[index], StepName(index), _drops.Reason(_rows[index]));

    /// <summary>The row at a place, without the words that <see cref="this"/> makes.</summary>
    public static long RowAt(IReadOnlyList<(long Row, string Step, string Reason)> dropped, int index) => dropped is DroppedRows rows ? rows._rows[index] : dropped[index].Row;

    /// <summary>The name of the step that dropped the row at a place.</summary>
    public static string StepAt(IReadOnlyList<(long Row, string Step, string Reason)> dropped, int index) => dropped is DroppedRows rows ? rows.StepName(index) : dropped[index].Step;

    /// <inheritdoc/>
    public IEnumerator<(long Row, string Step, string Reason)> GetEnumerator()
    {
        for (int i = 0; i < _rows.Length; i++)
        {
            yield return this[i];
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private string StepName(int index) => _names[_drops.Step(_rows[index])];

    private sealed class StepList(DroppedRows rows) : IReadOnlyList<int>
    {
        public int Count => rows.Count;

        public int this[int index] => rows._drops.Step(rows._rows[index]);

        public IEnumerator<int> GetEnumerator()
        {
            for (int i = 0; i < Count; i++)
            {
                yield return this[i];
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
