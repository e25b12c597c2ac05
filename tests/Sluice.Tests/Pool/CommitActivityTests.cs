using System.Diagnostics;
using Sluice.Diagnostics;
using Sluice.Pool;

namespace Sluice.Tests.Pool;

public sealed class CommitActivityTests
{
    [Fact]
    public void Commit_IsAnActivityWithItsRows()
    {
        using TemporaryFolder folder = new();
        List<Activity> seen = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = static source => source.Name == Telemetry.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            // Tests beside this one commit as well.
            ActivityStopped = activity =>
            {
                lock (seen)
                {
                    seen.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using (PoolWriter writer = PoolFixture.Writer(folder.Path, PoolFixture.Plan("a.jsonl")))
        {
            writer.Append(PoolFixture.Batch(0, 3, closes: true));
        }

        lock (seen)
        {
            Activity commit = Assert.Single(seen, a => a.OperationName == Telemetry.SegmentCommit && (string?)a.GetTagItem("pool") == folder.Path);
            Assert.Equal((0L, 3L), ((long)commit.GetTagItem("segment")!, (long)commit.GetTagItem("rows")!));
        }
    }
}
