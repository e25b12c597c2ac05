using System.Globalization;
using Sluice.Pool.Disk;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>
/// The process ends at one step after the other of a small workload, the next one goes on in what the system still remembers, and only then the power is cut: what a run
/// found and counted on must be as safe as what it wrote itself.
/// </summary>
public sealed class PowerCutTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 7;
    private static readonly PlainTables s_tables = new();
    private readonly string _scratch = Directory.CreateDirectory(Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"sluice-power-{Environment.ProcessId}-{Guid.NewGuid():N}")).FullName;

    private readonly DiskCounts _counts = new();
    private int _folders;

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    // A state after one step is that before the next, so every second one of each shows all.
    [Theory]
    [InlineData(nameof(FaultKind.Before), 2)]
    [InlineData(nameof(FaultKind.After), 2)]
    [InlineData(nameof(FaultKind.Within), 1)]
    [InlineData(nameof(FaultKind.Full), 600)]
    [InlineData(nameof(FaultKind.Sync), 1)]
    public void Run_EndsAtEachStepThenThePowerIsCut_KeepsWhatTheNextRunCountedOn(string kind, int stride)
    {
        int seeds = FaultScale.Of(1, 10);
        int tried = 0;
        for (int seed = Seed; seed < Seed + seeds; seed++)
        {
            Workload work = new(seed);
            DiskFault fault = new(Enum.Parse<FaultKind>(kind), 1);
            for (; TryEnd(work, fault) is { } step; tried++)
            {
                fault = fault with { At = (fault.Kind == FaultKind.Full ? fault.At : step) + stride };
            }
        }

        output.WriteLine($"{kind}: {tried} places, seeds {Seed} to {Seed + seeds - 1}");
        Assert.True(tried > 20, $"only {tried} places hit");
    }

    [Fact]
    public void Open_TheLastLineIsNotSyncedAndItsSyncFails_IsWrittenAgainByTheNextRun()
    {
        Workload work = new(Seed);
        string folder = NewFolder();
        WorkModel model = new(work, s_tables, _counts);
        ForgetfulDisk disk = new(folder, _counts);
        int done = 0;
        foreach (DiskFault fault in (DiskFault[])[new(FaultKind.After, 1, "ledger.write"), new(FaultKind.Sync, 1, "ledger.sync")])
        {
            disk.Arm(fault);
            done = Execute(work, disk, model, done);
            Assert.True(disk.HasHit);
        }

        disk.Arm(new DiskFault(FaultKind.Before, 1, "segment.write"));
        Execute(work, disk, model, done);
        Assert.Equal(1, model.Acknowledged);
        string left = NewFolder();
        new Survivors(new Random(Seed), _counts, oldest: true).Write(disk.Root, left);
        model.CheckLeft(WorkProgram.Pool(left));
        model.Check(WorkProgram.Pool(left), 1);
    }

    [Fact]
    public void Publish_ThePowerIsCutAtEachStep_NeverLeavesAManifestOfOtherFiles()
    {
        Workload work = new(Seed);
        bool hasHit = true;
        for (int step = 1; hasHit; step++)
        {
            string folder = NewFolder();
            WorkModel model = new(work, s_tables, _counts);
            ForgetfulDisk disk = new(folder, _counts);
            Assert.Equal(work.Commands.Count, Execute(work, disk, model, 0));
            disk.Arm(new DiskFault(FaultKind.After, step));
            try
            {
                new WorkProgram(work, model, s_tables, new PoolDisk(disk), folder).Execute(work.Closing[^1] with { Recipe = work.Closing[^1].Recipe + 2 });
            }
            catch (SimulatedCrash)
            {
            }

            hasHit = disk.HasHit;
            for (int seed = 0; seed < 30; seed++)
            {
                string left = NewFolder();
                new Survivors(new Random(seed), _counts).Write(disk.Root, left);
                Assert.True(model.CheckOutputs(WorkProgram.Output(left)) < 2, $"after step {disk.Step}, seed {seed}: the manifest speaks of other files");
                Directory.Delete(left, recursive: true);
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    // The step that failed, or null when the workload ended before.
    private int? TryEnd(Workload work, DiskFault fault)
    {
        string folder = NewFolder();
        WorkModel model = new(work, s_tables, _counts);
        ForgetfulDisk disk = new(folder, _counts);
        disk.Arm(fault);
        int done = Execute(work, disk, model, 0);
        int? hit = disk.HasHit ? disk.HitStep : null;
        string step = disk.Step;
        disk.Arm(null);
        Assert.Equal(work.Commands.Count, Execute(work, disk, model, done));
        string left = NewFolder();
        new Survivors(new Random(Seed), _counts, oldest: true).Write(disk.Root, left);
        try
        {
            model.CheckLeft(WorkProgram.Pool(left));
            model.Check(WorkProgram.Pool(left), work.Commands[^1].Version);
            Assert.Equal(1, model.CheckOutputs(WorkProgram.Output(left)));
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Ended {fault.Kind} step {step}, went on, and lost power: {exception.Message}", exception);
        }

        Directory.Delete(folder, recursive: true);
        Directory.Delete(left, recursive: true);
        return hit;
    }

    // Commands done, those before included.
    private static int Execute(Workload work, ForgetfulDisk disk, WorkModel model, int done)
    {
        try
        {
            for (; done < work.Commands.Count; done++)
            {
                new WorkProgram(work, model, s_tables, new PoolDisk(disk), disk.Root.Path).Execute(work.Commands[done]);
            }
        }
        catch (Exception exception) when (disk.HasHit && (disk.IsDown || exception is IOException))
        {
        }

        return done;
    }

    private string NewFolder() => Directory.CreateDirectory(Path.Combine(_scratch, (_folders++).ToString(CultureInfo.InvariantCulture))).FullName;
}
