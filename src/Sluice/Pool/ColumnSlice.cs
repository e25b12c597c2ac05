using Sluice.Records;

namespace Sluice.Pool;

/// <summary>Cuts consecutive rows out of a column.</summary>
internal static class ColumnSlice
{
    /// <summary>The values of the rows from <paramref name="start"/> up to and without <paramref name="end"/>.</summary>
    public static ColumnData Of(string name, ColumnData data, int start, int end) => data switch
    {
        IntegerData d => new IntegerData(d.Values[start..end]),
        NumberData d => new NumberData(d.Values[start..end]),
        TextData d => new TextData(d.Values[start..end]),
        NumberListData d => new NumberListData(d.Values[start..end]),
        TextListData d => new TextListData(d.Values[start..end]),
        VectorData d => new VectorData(d.Values[(start * d.Width)..(end * d.Width)], d.Width),
        _ => throw new InvalidOperationException($"Column '{name}' is of the unknown kind {data.GetType()}. This is a bug."),
    };
}
