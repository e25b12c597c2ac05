using System.Text.Json.Nodes;
using Sluice.DuckDb;
using Sluice.Faults.Tests.Harness;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Disk;

/// <summary>The world changed between two runs: refused with the field named and nothing changed on disk, or only what depends on it is done again.</summary>
[Collection(HarnessTests.Name)]
public sealed class ChangedWorldTests(References references, ITestOutputHelper output)
{
    /// <summary>The state of the earlier run, an option's new value, and the field that the refusal names.</summary>
    public static TheoryData<string, string, string> Options()
    {
        TheoryData<string, string, string> cases = new()
        {
            { "Finished", "Pool:SegmentRows=81", "Pool:SegmentRows" },
            { "HalfWritten", "Limits:MaxTurns=7", "Limits:MaxTurns" },
        };
        foreach (string option in FaultScale.IsFull ? (string[])["Pool:SegmentBytes=70000", "Flow:BatchRows=23", "Flow:BatchBytes=50000", "Limits:MaxDepth=9", "Limits:MaxRowBytes=9000", "Stages:Dedup:MinJaccard=0.7"] : [])
        {
            cases.Add("Finished", option, option.Split('=')[0]);
            cases.Add("HalfWritten", option, option.Split('=')[0]);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Run_OptionEdited_IsRefusedByNameAndNothingChanges(string state, string option, string field)
    {
        using Attempt attempt = new(references.Of(Scenario.Small()), Enum.Parse<StartState>(state));
        IReadOnlyList<string> before = Directories(attempt);

        HostRun run = attempt.Run(null, "--set", option).Expect(2, option);

        Assert.Contains($"error: {field}: Found '{option.Split('=')[1]}', but the pool was begun with ", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, Directories(attempt));
        attempt.Finish($"refused {option}");
        Summary.Add(output, $"option edited, {option}", 1);
    }

    [Fact]
    public void Run_InputRewrittenUnderItsNameAndSize_IsRefusedByNameAndNothingChanges()
    {
        // A scenario of its own, as its input is spoilt.
        using Reference reference = new(Scenario.Of(400, "jsonl"));
        using Attempt attempt = new(reference, StartState.HalfWritten);
        IReadOnlyList<string> before = Directories(attempt);
        string input = Path.Combine(reference.Folder, reference.Scenario.Input);
        byte[] good = File.ReadAllBytes(input);
        DateTime written = File.GetLastWriteTimeUtc(input);
        int at = good.AsSpan().IndexOf("\"instruction\":\""u8) + "\"instruction\":\"".Length;
        File.WriteAllBytes(input, [.. good[..at], good[at] == (byte)'A' ? (byte)'B' : (byte)'A', .. good[(at + 1)..]]);
        File.SetLastWriteTimeUtc(input, written);

        HostRun run = attempt.Run().Expect(2, "another input of the same name and size");

        Assert.Contains($"Sources ({reference.Scenario.Input}): The file {input} has changed", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, Directories(attempt));
        File.WriteAllBytes(input, good);
        attempt.Finish("the input was another one for a while");
        Summary.Add(output, "input rewritten under its name and size", 1);
    }

    [Fact]
    public void Run_ModelSwapped_ScoresOnlyItsColumnsAgain()
    {
        Reference reference = references.Of(Scenario.Small());
        using Attempt attempt = new(reference, StartState.Finished);
        using Attempt fresh = new(reference);
        string models = Path.Combine(attempt.Folder, "models");
        OtherModels.Make(models);
        string[] other = ["--set", $"Models:Directory={models}"];

        attempt.Run(null, other).Expect(0, "another tagger");
        fresh.Run(null, other).Expect(0, "another tagger from the start");

        JsonNode annotate = JsonNode.Parse(File.ReadAllText(Path.Combine(attempt.Output, "run.json")))!["annotate"]!;
        Assert.Equal(0L, (long)annotate["scored"]!);
        Assert.Equal(["category", "tags"], annotate["rescoredColumns"]!.AsArray().Select(static c => (string)c!));
        using DuckDbFiles tables = new(new DuckDbOptions());
        PoolContent scored = PoolContent.Read(attempt.Work, tables);
        Assert.Equal(Others(reference.Pool), Others(scored));
        Assert.Equal(Tags(PoolContent.Read(fresh.Work, tables)), Tags(scored));
        Assert.NotEqual(Tags(reference.Pool), Tags(scored));
        HostProcess.Run(reference.Folder, "verify", attempt.Work).Expect(0, "scored again");

        // And back: the first model's columns are those of the undisturbed run once more.
        attempt.Run().Expect(0, "the first tagger again");
        Assert.Equal(Tags(reference.Pool), Tags(PoolContent.Read(attempt.Work, tables)));
        Summary.Add(output, "model swapped", 1);
    }

    private static IReadOnlyList<string> Directories(Attempt attempt) =>
        [.. FolderState.Of(attempt.Work), .. Directory.Exists(attempt.Output) ? FolderState.Of(attempt.Output) : []];

    private static IEnumerable<string> Others(PoolContent pool) => pool.Stored.Where(static line => !IsOfTagger(line));

    // Without names, as a column that was scored again lies beside the earlier one at first.
    private static IEnumerable<string> Tags(PoolContent pool) => pool.Stored.Where(IsOfTagger).Select(static line => line.Split('.')[0] + line[line.LastIndexOf(' ')..]);

    private static bool IsOfTagger(string line) => line.Contains("/tags.", StringComparison.Ordinal) || line.Contains("/category.", StringComparison.Ordinal);
}
