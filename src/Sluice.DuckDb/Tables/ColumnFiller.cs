using Sluice.DuckDb.Interop;
using Sluice.Records;

namespace Sluice.DuckDb.Tables;

/// <summary>Puts the values of one column into the library's vectors.</summary>
internal abstract class ColumnFiller(DuckDbType element, bool isList)
{
    /// <summary>Type of the values, or of the elements when they are lists.</summary>
    public DuckDbType Element { get; } = element;

    /// <summary>Whether the values are lists.</summary>
    public bool IsList { get; } = isList;

    /// <summary>The column's type, which the caller destroys.</summary>
    public unsafe NativeHandle CreateType(DuckDbApi api)
    {
        NativeHandle element = new(api.Types.Create((int)Element), api.Types.Destroy);
        if (!IsList)
        {
            return element;
        }

        using (element)
        {
            return new NativeHandle(api.Types.CreateList(element.Value), api.Types.Destroy);
        }
    }

    /// <summary>Puts <paramref name="count"/> values from row <paramref name="start"/> on into an empty vector.</summary>
    public abstract void Fill(WritableVector vector, int start, int count);

    /// <summary>The filler for a column.</summary>
    public static ColumnFiller For(ColumnData data) => data switch
    {
        IntegerData integers => new IntegerFiller(integers.Values),
        NumberData numbers => new NumberFiller(numbers.Values),
        TextData texts => new TextFiller(texts.Values),
        MadeTextData texts => new MadeTextFiller(texts),
        NumberListData lists => new NumberListFiller(lists.Values),
        TextListData lists => new TextListFiller(lists.Values),
        VectorData vectors => new VectorFiller(vectors),
        _ => throw new NotSupportedException($"This is a bug: columns of {data.GetType().Name} cannot be written."),
    };
}
