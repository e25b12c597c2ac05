using Sluice.DuckDb.Interop;
using Sluice.Records;

namespace Sluice.DuckDb.Tables;

/// <summary>Lists of numbers; an absent number within a list is NaN.</summary>
internal sealed class NumberListReader(int rows) : ColumnReader
{
    private readonly Growing<double[]?> _values = new(rows);

    public override string Select(string name) => $"CAST({name} AS DOUBLE[])";

    public override void Append(Vector vector, int count)
    {
        Vector elements = vector.Elements();
        Span<double[]?> values = _values.Next(count);
        for (int row = 0; row < count; row++)
        {
            if (!vector.IsValid(row))
            {
                continue;
            }

            (int start, int length) = vector.Range(row);
            double[] list = new double[length];
            for (int i = 0; i < length; i++)
            {
                list[i] = elements.IsValid(start + i) ? elements.Get<double>(start + i) : double.NaN;
            }

            values[row] = list;
        }
    }

    public override ColumnData Finish() => new NumberListData(_values.Finish());
}
