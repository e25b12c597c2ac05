using System.Globalization;
using Sluice.Faults.Tests.Harness;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Kill;

/// <summary><c>kill -9</c> at random moments, start-up and selection included.</summary>
[Collection(HarnessTests.Name)]
public sealed class RandomKillTests(References references, ITestOutputHelper output)
{
    private const int LongestChain = 4;

    /// <summary>Rows, format, seed, kills that must hit.</summary>
    public static TheoryData<int, string, int, int> Cases() => FaultScale.IsFull
        ? new()
        {
            { 1500, "jsonl", 101, 40 }, { 1500, "parquet", 102, 40 }, { 1500, "jsonl.gz", 103, 20 },
            { 8000, "jsonl", 104, 34 }, { 8000, "parquet", 105, 34 },
            { 30000, "jsonl", 106, 25 }, { 30000, "parquet", 107, 25 },
        }
        : new() { { Scenario.SmallRows, "jsonl", 1, 4 }, { Scenario.SmallRows, "parquet", 2, 4 } };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_KilledAtRandomMoments_EndsAsAnUndisturbedRun(int rows, string format, int seed, int hits)
    {
        Reference reference = references.Of(Scenario.Of(rows, format));
        Random random = new(seed);
        int hit = 0;
        int missed = 0;
        TimeSpan span = reference.Elapsed;
        for (int chain = 0; hit < hits; chain++)
        {
            // One in four begins on a finished run: what is killed then is the selection that takes the place of another.
            using Attempt attempt = new(reference, random.Next(4) == 0 ? StartState.Finished : StartState.Fresh);
            int length = Math.Min(hits - hit, random.Next(1, LongestChain + 1));
            List<string> moments = [];
            for (int kill = 0; kill < length; kill++)
            {
                TimeSpan moment = span * random.NextDouble();
                using HostProcess process = attempt.Start();
                HostRun run = process.KillAfter(moment);
                moments.Add(string.Create(CultureInfo.InvariantCulture, $"{moment.TotalSeconds:0.000} s {(run.WasKilled ? "hit" : "missed")}"));
                hit += run.WasKilled ? 1 : 0;
                if (!run.WasKilled)
                {
                    missed++;
                    Assert.True(missed <= 10 + (3 * hits), $"{Context()}: {missed} kills missed");
                    // The machine is faster than it was when the undisturbed run was timed, or less was left to do.
                    span = (span + run.Elapsed) / 2;
                    run.Expect(0, Context());
                    break;
                }
            }

            output.WriteLine(Context());
            attempt.Finish(Context());

            string Context() => $"{reference.Scenario}, seed {seed}, chain {chain}, killed after {string.Join(", ", moments)}";
        }

        Summary.Add(output, $"kill -9 at random moments, {reference.Scenario}", hit, missed, seed);
    }
}
