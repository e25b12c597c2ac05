using Sluice.DuckDb.Interop;

namespace Sluice.DuckDb.Tables;

/// <summary>Lists of numbers; NaN within a list becomes NULL.</summary>
internal sealed class NumberListFiller(double[]?[] values) : ColumnFiller(DuckDbType.Double, isList: true)
{
    public override void Fill(WritableVector vector, int start, int count)
    {
        ReadOnlySpan<double[]?> part = values.AsSpan(start, count);
        int total = 0;
        foreach (double[]? list in part)
        {
            total = checked(total + (list?.Length ?? 0));
        }

        WritableVector elements = vector.Elements(total);
        Span<double> numbers = elements.Span<double>(total);
        int at = 0;
        for (int row = 0; row < count; row++)
        {
            double[]? list = part[row];
            vector.SetRange(row, at, list?.Length ?? 0);
            if (list is null)
            {
                vector.SetNull(row);
                continue;
            }

            list.CopyTo(numbers[at..]);
            foreach (double number in list)
            {
                if (double.IsNaN(number))
                {
                    elements.SetNull(at);
                }

                at++;
            }
        }
    }
}
