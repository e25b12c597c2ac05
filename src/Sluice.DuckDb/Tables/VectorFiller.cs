using Sluice.DuckDb.Interop;
using Sluice.Records;

namespace Sluice.DuckDb.Tables;

/// <summary>Vectors, as lists of 32-bit floats; a row of NaN becomes NULL, and so does NaN within a row.</summary>
internal sealed class VectorFiller(VectorData data) : ColumnFiller(DuckDbType.Float, isList: true)
{
    public override void Fill(WritableVector vector, int start, int count)
    {
        int total = checked(count * data.Width);
        WritableVector elements = vector.Elements(total);
        Span<float> numbers = elements.Span<float>(total);
        data.Values.AsSpan(checked(start * data.Width), total).CopyTo(numbers);
        for (int row = 0; row < count; row++)
        {
            vector.SetRange(row, row * data.Width, data.Width);
            if (!data.IsPresent(start + row))
            {
                vector.SetNull(row);
                continue;
            }

            for (int i = row * data.Width; i < (row + 1) * data.Width; i++)
            {
                if (float.IsNaN(numbers[i]))
                {
                    elements.SetNull(i);
                }
            }
        }
    }
}
