using System.Globalization;
using System.Text.RegularExpressions;
using Sluice.Faults.Tests.Harness;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Disk;

/// <summary>One flipped byte, mended: only what was damaged is made again, and everything is as it was.</summary>
[Collection(HarnessTests.Name)]
public sealed class RepairTests(References references, ITestOutputHelper output)
{
    private const int Seed = 6;
    private const int Segment = 1;

    /// <summary>Files of a segment; the short form damages one of each format.</summary>
    public static TheoryData<string> SegmentFiles() => FaultScale.IsFull
        ? new("rows.jsonl", "rows.parquet", "rejects.jsonl", "embedding.f32", "category.parquet", "tags.parquet", "quality.parquet", "complexity.parquet", "script.parquet", "duplicate_of.parquet", "similarity.parquet")
        : new("rows.jsonl", "embedding.f32");

    /// <summary>Files of which there is a copy, or which are made from others.</summary>
    public static TheoryData<string> OtherFiles() => FaultScale.IsFull
        ? new("pool/segments/000001/segment.json", "pool/ledger.jsonl", "pool/plan.json", "pool/plan.copy.json", "configuration.json", "configuration.copy.json", "rejects.jsonl")
        : new("pool/ledger.jsonl", "rejects.jsonl");

    [Theory]
    [MemberData(nameof(SegmentFiles))]
    public void Repair_FlippedByte_RedoesOnlyThatSegment(string file)
    {
        string name = $"pool/segments/{Segment.ToString("D6", CultureInfo.InvariantCulture)}/{file}";

        string[] segments = [.. Mend(name).Where(static line => line.StartsWith("segment ", StringComparison.Ordinal))];

        string redone = Assert.Single(segments);
        Assert.Matches($"^segment {Segment}: {Regex.Escape(file)} was damaged; its [0-9]+ rows are done again", redone);
    }

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public void Repair_FlippedByteElsewhere_RedoesNoSegment(string file)
    {
        string[] done = Mend(file);

        Assert.Contains(done, line => line.Contains(file.Contains("/segments/", StringComparison.Ordinal) ? "segment 1: its copy" : Path.GetFileName(file), StringComparison.Ordinal));
        Assert.DoesNotContain(done, static line => line.Contains("rows are done again", StringComparison.Ordinal));
    }

    // The lines that the repair prints. Every file is as before the damage.
    private string[] Mend(string file)
    {
        Reference reference = references.Of(Scenario.Small());
        using Attempt attempt = new(reference, StartState.Finished);
        // So that the configuration names these directories, not those that the state was copied from.
        attempt.Run().Expect(0, "a run that scores nothing");
        string path = Path.Combine(attempt.Work, file);
        IReadOnlyList<string> before = [.. FolderState.Of(attempt.Work), .. FolderState.Of(attempt.Output)];
        byte[] bytes = File.ReadAllBytes(path);
        Assert.True(bytes.Length > 0, $"{file} is empty");
        int at = new Random(Seed).Next(bytes.Length);
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);
        HostProcess.Run(reference.Folder, "verify", attempt.Work).Expect(1, $"byte {at} of {file} flipped");

        HostRun repair = HostProcess.Run(reference.Folder, "repair", attempt.Work).Expect(0, $"byte {at} of {file} flipped");

        Assert.Equal(before, [.. FolderState.Of(attempt.Work), .. FolderState.Of(attempt.Output)]);
        Assert.Equal(FolderState.Leftovers(attempt.Work), []);
        Summary.Add(output, $"repair of one flipped byte, {Path.GetFileName(file)}", 1, 0, Seed);
        return repair.Output.Split('\n');
    }
}
