using Sluice.DuckDb.Interop;
using Sluice.Records;

namespace Sluice.DuckDb.Tables;

/// <summary>Numbers that need not be whole, and whole ones of more than 64 bits.</summary>
internal sealed class NumberReader(int rows) : ColumnReader
{
    private readonly Growing<double> _values = new(rows);

    public override string Select(string name) => $"CAST({name} AS DOUBLE)";

    public override bool TakesAsIs(ColumnType type) => type.Id == DuckDbType.Double;

    public override void Append(Vector vector, int count)
    {
        Span<double> values = _values.Next(count);
        vector.Span<double>(count).CopyTo(values);
        for (int i = 0; i < count; i++)
        {
            if (!vector.IsValid(i))
            {
                values[i] = double.NaN;
            }
        }
    }

    public override ColumnData Finish() => new NumberData(_values.Finish());
}
