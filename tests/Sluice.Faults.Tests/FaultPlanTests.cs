using Sluice.Diagnostics.Faults;

namespace Sluice.Faults.Tests;

public sealed class FaultPlanTests
{
    [Fact]
    public void Reach_WithoutAPlan_DoesNothing()
    {
        var plan = FaultPlan.Read(static _ => null);
        plan.Reach("ledger.write.before");
        Assert.False(plan.IsActive);
    }

    [Theory]
    [InlineData("ledger.write.before=io@3", 3, 3)]
    [InlineData("ledger.*=full@2+", 2, 5)]
    [InlineData("ledger.write.before=throw", 1, 5)]
    public void Reach_AtThePassesNamed_Throws(string rule, int from, int until)
    {
        var plan = FaultPlan.Read(name => name == FaultPlan.Variable ? rule : null);
        List<int> thrown = [];
        for (int pass = 1; pass <= 5; pass++)
        {
            try
            {
                plan.Reach("ledger.write.before");
            }
            catch (Exception exception) when (exception is IOException or InvalidOperationException)
            {
                thrown.Add(pass);
            }

            plan.Reach("plan.write.before");
        }

        Assert.Equal(Enumerable.Range(from, until - from + 1), thrown);
    }

    [Theory]
    [InlineData("ledger")]
    [InlineData("ledger=burn")]
    [InlineData("ledger=kill@x")]
    public void Read_NoRule_SaysWhatIsExpected(string text)
    {
        FormatException fault = Assert.Throws<FormatException>(() => FaultPlan.Read(name => name == FaultPlan.Variable ? text : null));
        Assert.Contains($"Found the fault '{text}', expected point=action", fault.Message, StringComparison.Ordinal);
    }
}
