using System.Globalization;
using Sluice.Faults.Tests.Harness;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Disk;

/// <summary>A disk without room: the run says which, and while writing what; once there is room the same command goes on.</summary>
[Collection(HarnessTests.Name)]
public sealed class DiskFullTests(References references, ITestOutputHelper output)
{
    private const long Page = 4096;
    private const long Plenty = 1L << 30;

    /// <summary>Format, and how much of the room that a whole run takes there is in the work and then in the output directory, in percent, one after the other.</summary>
    public static TheoryData<string, int[], int[]> Rooms() => FaultScale.IsFull
        ? new() { { "jsonl", [0, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 97, 98], [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95] }, { "parquet", [0, 30, 60, 90, 97], [0, 40, 90] } }
        : new() { { "jsonl", [0, 40, 95], [0, 40, 95] } };

    [MountTheory]
    [MemberData(nameof(Rooms))]
    public void Run_FileSystemFull_SaysWhereAndGoesOnOnceThereIsRoom(string format, int[] work, int[] outputs)
    {
        Reference reference = references.Of(Scenario.Small(format));
        using Attempt attempt = new(reference);
        using Mount workDisk = Mount.Tmpfs(attempt.Work, Page);
        using Mount outputDisk = Mount.Tmpfs(attempt.Output, Page);
        foreach (int share in work)
        {
            workDisk.Resize(Room(reference.Work, share));
            Full(attempt.Run(), attempt.Work, $"{share} % of the work directory");
        }

        workDisk.Resize(Plenty);
        foreach (int share in outputs)
        {
            outputDisk.Resize(Room(reference.Output, share));
            Full(attempt.Run(), attempt.Output, $"{share} % of the output directory");
        }

        outputDisk.Resize(Plenty);
        attempt.Finish($"disk full at {string.Join(", ", work)} % of the work directory and {string.Join(", ", outputs)} % of the output directory");
        Summary.Add(output, $"file system full, {format}", work.Length + outputs.Length);
    }

    [Fact]
    public void Run_NoRoomAtANamedStep_SaysWhatWasBeingWritten()
    {
        Reference reference = references.Of(Scenario.Small());
        using Attempt attempt = new(reference);
        (string Point, int Pass, string Folder, string What)[] steps =
        [
            ("segment.write.before", 1, attempt.Work, "segment 0 of the pool"),
            ("segment.write.before", 8, attempt.Work, "segment "),
            ("column.write.before", 20, attempt.Work, "segment "),
            ("ledger.write.before", 2, attempt.Work, "segment "),
            ("rejects.write.before", 1, attempt.Work, "rejects.jsonl"),
            ("output.write.before", 1, attempt.Output, "the outputs"),
            // The last one that is written is the report.
            ("output.write.before", reference.Passes("output.write.before"), attempt.Output, "the outputs"),
            ("manifest.write.before", 1, attempt.Output, "the outputs"),
        ];
        foreach ((string point, int pass, string folder, string what) in steps)
        {
            HostRun run = attempt.Run(string.Create(CultureInfo.InvariantCulture, $"{point}=full@{pass}"));
            Assert.Equal([string.Create(CultureInfo.InvariantCulture, $"{point} Full at pass {pass}")], attempt.Fired());
            Full(run, folder, point);
            Assert.Contains($"while writing {what}", run.Error, StringComparison.Ordinal);
        }

        attempt.Finish("no room at one named step after the other");
        Summary.Add(output, "no room at a named step", steps.Length);
    }

    private static long Room(string folder, int share) => Math.Max(Page, FolderState.Pages(folder) * share / 100 / Page * Page);

    private static void Full(HostRun run, string folder, string context)
    {
        run.Expect(1, context);
        Assert.Contains($"The disk that holds {folder} is full", run.Error, StringComparison.Ordinal);
        Assert.Contains("while writing ", run.Error, StringComparison.Ordinal);
        Assert.Contains("run the same command again", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("this is a bug", run.Error, StringComparison.Ordinal);
    }
}
