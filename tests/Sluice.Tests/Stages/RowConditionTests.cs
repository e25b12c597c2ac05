using Sluice.Records;
using Sluice.Stages;
using Sluice.Tests.Inference;

namespace Sluice.Tests.Stages;

public sealed class RowConditionTests
{
    public static TheoryData<ConditionOptions, bool[], string> Limits => new()
    {
        { new ConditionOptions { Column = "quality", Above = 1 }, [false, false, true, false], "quality above 1" },
        { new ConditionOptions { Column = "quality", AtLeast = 1 }, [false, true, true, false], "quality at least 1" },
        { new ConditionOptions { Column = "quality", Below = 1 }, [true, false, false, false], "quality below 1" },
        { new ConditionOptions { Column = "quality", AtMost = 1 }, [true, true, false, false], "quality at most 1" },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void Of_EachLimit_ComparesAsTheThresholdStepDoes(ConditionOptions options, bool[] expected, string text)
    {
        RowBatch batch = TestRows.Batch("a", "b", "c", "d");
        batch.Columns["quality"] = new NumberData([0.5, 1, 1.5, double.NaN]);
        RowCondition condition = RowCondition.From(options);
        Assert.Equal(expected, condition.Of(batch));
        Assert.Equal((text, 1), (condition.Text, RowCondition.Limits(options)));
    }

    [Fact]
    public void Of_ColumnNotInTheBatch_IsABug() =>
        Assert.Throws<InvalidOperationException>(() => RowCondition.From(new ConditionOptions { Column = "ifd", Above = 0 }).Of(TestRows.Batch("a")));
}
