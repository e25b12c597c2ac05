using System.Collections;

namespace Sluice.Recipes;

/// <summary>Rows that a step left out, whose reasons are put into words only when they are read: one reason a row of a large pool would fill the memory.</summary>
/// <param name="rows">The rows.</param>
/// <param name="reason">The reason of the row at a place in <paramref name="rows"/>; called from several threads, any number of times.</param>
internal sealed class DropList(long[] rows, Func<int, string> reason) : IReadOnlyList<Drop>
{
    /// <inheritdoc/>
    public int Count => rows.Length;

    /// <inheritdoc/>
    public Drop this[int index] => new(rows[index], reason(index));

    /// <summary>The row at a place, without its reason.</summary>
    public static long RowAt(IReadOnlyList<Drop> drops, int index) => drops is DropList list ? list.Row(index) : drops[index].Row;

    /// <inheritdoc/>
    public IEnumerator<Drop> GetEnumerator()
    {
        for (int i = 0; i < rows.Length; i++)
        {
            yield return this[i];
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private long Row(int index) => rows[index];
}
