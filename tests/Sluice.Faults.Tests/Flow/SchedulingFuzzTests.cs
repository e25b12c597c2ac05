using System.Globalization;
using Sluice.Faults.Tests.Harness;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Flow;

/// <summary>Random delays at every stage, other numbers of workers, other bounds: the same bytes.</summary>
[Collection(HarnessTests.Name)]
public sealed class SchedulingFuzzTests(Undisturbed undisturbed, ITestOutputHelper output) : IClassFixture<Undisturbed>
{
    [Fact]
    public async Task Run_RandomDelaysWorkersAndBounds_ComeToTheSameBytes()
    {
        for (int seed = 1; seed <= FaultScale.Of(3, 30); seed++)
        {
            Random random = new(seed);
            (int workers, int queue, int rows) = (random.Next(1, 7), random.Next(1, 10), 32 * random.Next(1, 12));
            string what = string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {workers} workers, queues of {queue}, {rows} rows in flight");
            using FlowCase one = new(undisturbed.Case);
            SluiceEnd end = await one.RunAsync("stage.*=delay:~15", Settings(workers, queue, rows), seed);
            output.WriteLine($"{what}, {one.Fired.Length} delays");

            Assert.True(end.ExitCode == 0, $"{what}\n{end.Error}");
            // At least parse, exact, four models, near and pool, before and after, of 38 batches.
            Assert.InRange(one.Fired.Length, 550, int.MaxValue);
            one.ExpectSameAs(undisturbed.Case);
        }
    }

    private static string[] Settings(int workers, int queue, int rows) =>
    [
        "--set", string.Create(CultureInfo.InvariantCulture, $"Flow:Parallelism={workers}"),
        "--set", string.Create(CultureInfo.InvariantCulture, $"Flow:QueueBatches={queue}"),
        "--set", string.Create(CultureInfo.InvariantCulture, $"Flow:MaxRows={rows}"),
    ];
}
