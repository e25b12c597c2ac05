using Sluice.Faults.Tests.Harness;
using Sluice.Pool;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Kill;

/// <summary>Killed again during recovery, five times running.</summary>
[Collection(HarnessTests.Name)]
public sealed class RecoveryKillTests(References references, ITestOutputHelper output)
{
    /// <summary>Formats, of which the short form tries one.</summary>
    public static TheoryData<string> Formats() => FaultScale.IsFull ? new("jsonl", "parquet", "jsonl.gz") : new("jsonl");

    [Theory]
    [MemberData(nameof(Formats))]
    public void Run_KilledFiveTimesBeforeItsFirstCommit_KeepsWhatWasCommitted(string format)
    {
        using Attempt attempt = new(references.Of(Scenario.Small(format)));
        attempt.Kill("ledger.folder.after", 1, "the first kill");
        attempt.Kill("segment.sync.before", 9, "the second kill");
        int committed = Committed(attempt);
        // In the order in which a recovery meets them, so that each has something left to do.
        foreach (string point in (string[])["cleanup.delete.before", "segment.write.before", "column.write.after", "segments.rename.before", "segments.folder.after"])
        {
            // The first sync of the segments' folder is that of its opening.
            attempt.Kill(point, point == "segments.folder.after" ? 2 : 1, "recovery without progress");
            Assert.Equal(committed, Committed(attempt));
        }

        Assert.True(committed > 0);
        attempt.Finish("killed five times during recovery, without progress");
        Summary.Add(output, $"killed during recovery without progress, {format}", 5);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Run_KilledFiveTimesAfterOneCommitEach_GoesOnWhereItStood(string format)
    {
        using Attempt attempt = new(references.Of(Scenario.Small(format)));
        attempt.Kill("ledger.sync.after", 2, "the first kill");
        for (int kill = 1; kill <= 5; kill++)
        {
            // The first sync of a recovery is that of the line it found.
            attempt.Kill("ledger.sync.after", 2, "recovery with progress");
            Assert.Equal(2 + kill, Committed(attempt));
        }

        HostRun last = attempt.Finish("killed five times during recovery, with progress");
        Assert.Contains($"{7 * Scenario.Small(format).SegmentRows:N0} rows in 7 segments are kept from an earlier run", last.Output + last.Error, StringComparison.Ordinal);
        Summary.Add(output, $"killed during recovery with progress, {format}", 5);
    }

    [Fact]
    public void Run_KilledFiveTimesAtRandomMomentsOfRecovery_EndsAsAnUndisturbedRun()
    {
        const int Seed = 11;
        Reference reference = references.Of(Scenario.Small());
        Random random = new(Seed);
        int hit = 0;
        int missed = 0;
        TimeSpan span = reference.Elapsed / 2;
        for (int chain = 0; hit < FaultScale.Of(5, 50); chain++)
        {
            using Attempt attempt = new(reference, StartState.HalfWritten);
            List<double> moments = [];
            HostRun? last = null;
            while (moments.Count < 5 && last is null or { WasKilled: true })
            {
                // Early enough to hit five times running: starting up, hashing, cleaning up, restoring the indexes.
                moments.Add(span.TotalSeconds * random.NextDouble());
                using HostProcess process = attempt.Start();
                last = process.KillAfter(TimeSpan.FromSeconds(moments[^1]));
            }

            string context = $"seed {Seed}, chain {chain}, recovery killed after {string.Join(", ", moments)} s";
            output.WriteLine(context);
            attempt.Finish(context);
            if (last!.WasKilled)
            {
                hit += moments.Count;
            }
            else
            {
                // Not five times running: what hit is not counted.
                missed++;
                last.Expect(0, context);
                Assert.True(missed <= 20, $"{context}: {missed} chains missed");
                span /= 2;
            }
        }

        Summary.Add(output, "killed during recovery at random moments", hit, missed, Seed);
    }

    private static int Committed(Attempt attempt) => Ledger.Open(Path.Combine(attempt.Work, "pool")).Records.Count;
}
