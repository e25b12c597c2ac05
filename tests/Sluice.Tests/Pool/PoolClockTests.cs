using Sluice.Pool;

namespace Sluice.Tests.Pool;

public sealed class PoolClockTests
{
    [Fact]
    public void Open_AfterARunThatWasCutOff_KnowsWhatItHadTaken()
    {
        using TemporaryFolder folder = new();
        using (PoolClock clock = PoolClock.Open(folder.Path, TimeProvider.System))
        {
            Assert.Equal((0L, 0.0), (clock.TakenBefore, clock.SecondsBefore));
            clock.Begin(1000);
            clock.Take(512);
            clock.Commit();
            clock.Take(88);
        }

        using PoolClock next = PoolClock.Open(folder.Path, TimeProvider.System);
        Assert.Equal(1600, next.TakenBefore);
        Assert.InRange(next.SecondsBefore, 0, 60);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense of another kind\n")]
    public void Open_UnreadableFile_CostsTheReceiptOnly(string text)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder[PoolClock.FileName], text);
        using PoolClock clock = PoolClock.Open(folder.Path, TimeProvider.System);
        Assert.Equal(0, clock.TakenBefore);
    }
}
