using Sluice.DuckDb.Interop;
using Sluice.Records;

namespace Sluice.DuckDb.Tables;

/// <summary>Gathers the values of one column, chunk by chunk.</summary>
internal abstract class ColumnReader
{
    /// <summary>The SQL that turns the named column into what <see cref="Append"/> reads.</summary>
    public abstract string Select(string name);

    /// <summary>Whether <see cref="Append"/> reads a column of a type as it is, without what <see cref="Select"/> makes of it.</summary>
    public virtual bool TakesAsIs(ColumnType type) => false;

    /// <summary>Takes the first <paramref name="count"/> values of a chunk.</summary>
    public abstract void Append(Vector vector, int count);

    /// <summary>All values taken.</summary>
    public abstract ColumnData Finish();

    /// <summary>The reader for a type.</summary>
    /// <param name="type">The column's type in the file.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="rows">Rows to come; 0 when unknown.</param>
    public static ColumnReader For(ColumnType type, ColumnPlace place, int rows) => type switch
    {
        { IsInteger: true } => new IntegerReader(place, rows),
        { IsNumber: true } => new NumberReader(rows),
        { Id: DuckDbType.List or DuckDbType.Array } => ForList(type.Children[0], place, rows),
        { IsNested: true } => new JsonReader(type.Plain(), rows),
        _ => new TextReader(type, rows),
    };

    private static ColumnReader ForList(ColumnType element, ColumnPlace place, int rows) => element switch
    {
        { IsInteger: true } or { IsNumber: true } => new NumberListReader(rows),
        { IsNested: true } => throw place.Fault($"lists of {element.ToSql()}", "lists of numbers or of texts"),
        _ => new TextListReader(element, place, rows),
    };
}
