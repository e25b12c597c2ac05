using Sluice.Pool;
using Sluice.Records;

namespace Sluice.Tests.Pool;

public sealed class ColumnSliceTests
{
    [Fact]
    public void Of_SlicesJoinedAgain_GiveEveryKindAsItWas()
    {
        ColumnData[] columns =
        [
            new IntegerData([1, 2, 3, 4, 5]), new NumberData([1, double.NaN, 3, 4, 5]), new TextData(["a", null, "c", "d", "e"]),
            new NumberListData([[1], null, [2, 3], [], [4]]), new TextListData([["a"], null, [], ["b", "c"], ["d"]]), new VectorData([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 2),
        ];
        foreach (ColumnData column in columns)
        {
            ColumnData joined = ColumnJoin.Join("c", [ColumnSlice.Of("c", column, 0, 2), ColumnSlice.Of("c", column, 2, 2), ColumnSlice.Of("c", column, 2, 5)]);
            Assert.Equivalent(column, joined, strict: true);
        }
    }
}
