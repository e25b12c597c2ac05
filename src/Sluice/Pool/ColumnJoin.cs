using Sluice.Records;

namespace Sluice.Pool;

/// <summary>Puts the chunks of a column together.</summary>
internal static class ColumnJoin
{
    /// <summary>One column from chunks of one kind, in order. Throws <see cref="InvalidDataException"/> naming the column when kinds or widths differ.</summary>
    public static ColumnData Join(string name, IReadOnlyList<ColumnData> chunks)
    {
        if (chunks.Count == 1)
        {
            return chunks[0];
        }

        return chunks[0] switch
        {
            IntegerData => new IntegerData(Concat(name, chunks, static c => (c as IntegerData)?.Values)),
            NumberData => new NumberData(Concat(name, chunks, static c => (c as NumberData)?.Values)),
            TextData => new TextData(Concat(name, chunks, static c => (c as TextData)?.Values)),
            NumberListData => new NumberListData(Concat(name, chunks, static c => (c as NumberListData)?.Values)),
            TextListData => new TextListData(Concat(name, chunks, static c => (c as TextListData)?.Values)),
            VectorData first => new VectorData(Concat(name, chunks, c => c is VectorData v && v.Width == first.Width ? v.Values : null), first.Width),
            _ => throw new InvalidOperationException($"Unknown column kind {chunks[0].GetType()}. This is a bug."),
        };
    }

    private static T[] Concat<T>(string name, IReadOnlyList<ColumnData> chunks, Func<ColumnData, T[]?> values)
    {
        T[][] parts = [.. chunks.Select((c, i) => values(c)
            ?? throw new InvalidDataException($"Column '{name}' changes its kind or width in chunk {i}: found {c.GetType().Name}, expected {chunks[0].GetType().Name} as before."))];
        T[] all = new T[parts.Sum(p => p.Length)];
        int at = 0;
        foreach (T[] part in parts)
        {
            part.CopyTo(all, at);
            at += part.Length;
        }

        return all;
    }
}
