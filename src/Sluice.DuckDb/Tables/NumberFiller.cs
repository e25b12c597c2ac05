using Sluice.DuckDb.Interop;

namespace Sluice.DuckDb.Tables;

/// <summary>Numbers.</summary>
internal sealed class NumberFiller(double[] values) : ColumnFiller(DuckDbType.Double, isList: false)
{
    public override void Fill(WritableVector vector, int start, int count)
    {
        ReadOnlySpan<double> part = values.AsSpan(start, count);
        part.CopyTo(vector.Span<double>(count));
        for (int i = 0; i < count; i++)
        {
            if (double.IsNaN(part[i]))
            {
                vector.SetNull(i);
            }
        }
    }
}
