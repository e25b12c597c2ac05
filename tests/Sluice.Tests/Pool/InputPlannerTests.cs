using Sluice.Configuration;
using Sluice.Pool;

namespace Sluice.Tests.Pool;

public sealed class InputPlannerTests
{
    private static readonly Dictionary<string, string> s_settings = new() { ["Flow:BatchRows"] = "4" };

    [Fact]
    public void Continue_NewFileThatSortsFirst_IsAppended()
    {
        PoolPlan before = PoolFixture.Plan("b.jsonl");
        PoolPlan now = PoolFixture.Plan("a.jsonl", "b.jsonl");

        PoolPlan plan = InputPlanner.Continue(before, now.Files, s_settings, []);

        Assert.Equal([("b.jsonl", 0), ("a.jsonl", 1)], plan.Files.Select(f => (f.Name, f.Index)));
    }

    [Fact]
    public void Continue_ChangedFileAndSetting_NamesEach()
    {
        PoolPlan before = PoolFixture.Plan("a.jsonl");
        PlannedFile changed = before.Files[0] with { Sha256 = new string('f', 64) };
        Dictionary<string, string> settings = new() { ["Flow:BatchRows"] = "8", ["Stages:Dedup:Near"] = "False" };

        ConfigurationException exception = Assert.Throws<ConfigurationException>(() => InputPlanner.Continue(before, [changed], settings, []));

        Assert.Equal(["Flow:BatchRows", "Stages:Dedup:Near", "Sources (a.jsonl)"], exception.Errors.Select(e => e.Key));
    }

    [Fact]
    public void Continue_ChangedAddedAndRemovedModels_AreNoMistakes()
    {
        PoolPlan before = PoolFixture.Plan("a.jsonl") with { Settings = new Dictionary<string, string>(s_settings) { ["Stages:tag"] = "old", ["Stages:quality"] = "old" } };
        Dictionary<string, string> settings = new(s_settings) { ["Stages:tag"] = "new", ["Stages:ifd"] = "new" };

        Assert.Equal(settings, InputPlanner.Continue(before, before.Files, settings, []).Settings);
    }

    [Fact]
    public void Continue_MissingFileNotReadToItsEnd_IsRefused()
    {
        PoolPlan before = PoolFixture.Plan("a.jsonl", "b.jsonl");
        LedgerRecord read = new()
        {
            Segment = 0, FirstRow = 0, Rows = 1, Counts = new RowCounts(1, 1, 0, 0), Files = [], NextFile = 1, NextOffset = 0, NextNumber = 0, Stored = [], Columns = [],
        };

        Assert.Throws<ConfigurationException>(() => InputPlanner.Continue(before, [before.Files[0]], s_settings, [read]));
        // The first file was read whole: the pool holds its rows, so it may be gone.
        Assert.Equal(2, InputPlanner.Continue(before, [before.Files[1]], s_settings, [read]).Files.Count);
    }
}
