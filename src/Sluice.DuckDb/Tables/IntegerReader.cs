using Sluice.DuckDb.Interop;
using Sluice.Records;

namespace Sluice.DuckDb.Tables;

/// <summary>Whole numbers of any width and truth values.</summary>
internal sealed class IntegerReader(ColumnPlace place, int rows) : ColumnReader
{
    private readonly Growing<long> _values = new(rows);

    // The library refuses, with the value, what does not fit.
    public override string Select(string name) => $"CAST({name} AS BIGINT)";

    public override bool TakesAsIs(ColumnType type) => type.Id == DuckDbType.BigInt;

    public override void Append(Vector vector, int count)
    {
        Span<long> values = _values.Next(count);
        vector.Span<long>(count).CopyTo(values);
        for (int i = 0; i < count; i++)
        {
            if (!vector.IsValid(i))
            {
                values[i] = IntegerData.Missing;
            }
            else if (values[i] == IntegerData.Missing)
            {
                throw place.Fault($"the number {IntegerData.Missing}", "one above it, as it stands for an absent value");
            }
        }
    }

    public override ColumnData Finish() => new IntegerData(_values.Finish());
}
