using System.Globalization;
using Sluice.DuckDb;
using Sluice.Faults.Tests.Harness;
using Sluice.Records;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>The pool and the outputs on a disk that tears, reorders and forgets what was not synced, fills up and fails to sync, against a simple model.</summary>
[Collection(HarnessTests.Name)]
public sealed class SimulatedDiskTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 20261126;
    private readonly string _scratch = Directory.CreateDirectory(Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"sluice-disk-{Environment.ProcessId}-{Guid.NewGuid():N}")).FullName;

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    [Fact]
    public void Run_ManyCrashStates_LosesNothingAcknowledgedAndEndsInTheSameBytes()
    {
        DiskCounts counts = Chains(new PlainTables(), FaultScale.Of(400, 20_000), Seed);
        Assert.All(counts.Hits.Values, hits => Assert.True(hits > 0));
        Assert.All((int[])[counts.PowerCuts, counts.Deaths, counts.TornFiles, counts.TornLedgers, counts.OldFiles, counts.ForgottenRenames, counts.ForgottenFiles, counts.ForgottenDeletions, counts.InRecovery],
            count => Assert.True(count > 0));
        Assert.All(counts.Outputs[..2], count => Assert.True(count > 0));
        Assert.Equal(0, counts.Outputs[2]);
    }

    [Fact]
    public void Run_ManyCrashStatesWithDuckDb_LosesNothingAcknowledgedAndEndsInTheSameBytes() =>
        Chains(new DuckDbFiles(new DuckDbOptions()), FaultScale.Of(20, 500), Seed + 1_000_000);

    [Theory]
    [InlineData("*")]
    [InlineData("ledger.sync")]
    [InlineData("segment.sync")]
    [InlineData("segment.folder")]
    [InlineData("segments.folder")]
    [InlineData("ledger.folder")]
    [InlineData("output.sync")]
    [InlineData("manifest.folder")]
    public void Run_ADiskThatIgnoresSyncs_IsCaught(string point)
    {
        DiskCounts counts = new();
        Exception? caught = null;
        int seed = Seed;
        for (; !IsCaught() && seed < Seed + 200; seed++)
        {
            caught = Record.Exception(() => Chain(new PlainTables(), seed, counts, step => point == "*" || step == point));
        }

        Assert.True(IsCaught(), $"nothing was lost in {counts}");
        output.WriteLine($"{point}: caught by seed {seed - 1} after {counts.States} crash states: {caught!.Message}");

        // Without any sync nothing less will do than the loss of segments that were acknowledged.
        bool IsCaught() => caught is not null && (point != "*" || (caught is LossException && caught.Message.Contains("segments were acknowledged", StringComparison.Ordinal)));
    }

    private DiskCounts Chains(ITableFiles tables, int states, int first)
    {
        DiskCounts counts = new();
        int seed = first;
        for (; counts.States < states; seed++)
        {
            Chain(tables, seed, counts, null);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Seeds {first} to {seed - 1}: {counts}"));
        Summary.Add(output, $"simulated disk, {tables.GetType().Name}", counts.States, 0, first);
        return counts;
    }

    private void Chain(ITableFiles tables, int seed, DiskCounts counts, Func<string, bool>? ignores)
    {
        string folder = Path.Combine(_scratch, seed.ToString(CultureInfo.InvariantCulture));
        new CrashChain(seed, folder, tables, counts, ignores).Run(2 + (seed % 7));
        Directory.Delete(folder, recursive: true);
    }
}
