using Sluice.DuckDb.Interop;
using Sluice.Records;

namespace Sluice.DuckDb.Tables;

/// <summary>Whole numbers.</summary>
internal sealed class IntegerFiller(long[] values) : ColumnFiller(DuckDbType.BigInt, isList: false)
{
    public override void Fill(WritableVector vector, int start, int count)
    {
        ReadOnlySpan<long> part = values.AsSpan(start, count);
        part.CopyTo(vector.Span<long>(count));
        for (int i = 0; i < count; i++)
        {
            if (part[i] == IntegerData.Missing)
            {
                vector.SetNull(i);
            }
        }
    }
}
