using Sluice.DuckDb;

namespace Sluice.Faults.Tests.Harness;

/// <summary>A scenario and what an undisturbed run of it leaves.</summary>
internal sealed class Reference : IDisposable
{
    private readonly Dictionary<StartState, string> _templates = [];
    private IReadOnlyDictionary<string, int>? _passes;

    /// <summary>Makes the scenario, runs it undisturbed and holds the result to the oracle as well.</summary>
    public Reference(Scenario scenario)
    {
        Scenario = scenario;
        Folder = Directory.CreateTempSubdirectory("sluice-faults-").FullName;
        scenario.Prepare(Folder);
        using DuckDbFiles tables = new(new DuckDbOptions());
        Rows = InputRows.Read(Path.Combine(Folder, scenario.Input), tables);
        Assert.Equal(scenario.Rows, Rows.Count);
        HostRun run = HostProcess.Run(Folder, "run", Scenario.PipelineFile, "--work", Work, "--out", Output).Expect(0, $"undisturbed run of {scenario}");
        Elapsed = run.Elapsed;
        Pool = PoolContent.Read(Work, tables);
        Oracle.Check(this, Work, Output, run, $"undisturbed run of {scenario}");
    }

    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; }

    /// <summary>Its folder, with input and pipeline.</summary>
    public string Folder { get; }

    /// <summary>Work directory of the undisturbed run.</summary>
    public string Work => Path.Combine(Folder, "work");

    /// <summary>Output directory of the undisturbed run.</summary>
    public string Output => Path.Combine(Folder, "out");

    /// <summary>The input's rows by number.</summary>
    public IReadOnlyDictionary<long, byte[]> Rows { get; }

    /// <summary>The undisturbed run's pool.</summary>
    public PoolContent Pool { get; }

    /// <summary>How long the undisturbed run took.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>How often a run from nothing passes a fault point, when nothing disturbs it.</summary>
    public int Passes(string point) => (_passes ??= Count()).GetValueOrDefault(point);

    /// <summary>Puts a state into the directories of an attempt.</summary>
    public void Lay(StartState state, Attempt attempt)
    {
        if (state == StartState.Fresh)
        {
            return;
        }

        if (!_templates.TryGetValue(state, out string? template))
        {
            _templates[state] = template = Make(state);
        }

        FolderState.Copy(template, attempt.Folder);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (string folder in (string[])[Folder, .. _templates.Values])
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Make(StartState state)
    {
        Attempt attempt = new(this);
        switch (state)
        {
            case StartState.HalfWritten:
                // Each segment syncs a dozen files: some are committed by then.
                attempt.Kill("segment.sync.before", 30, "half-written segment");
                break;
            case StartState.TornLedger:
                attempt.Kill("ledger.write.after", 4, "torn ledger");
                string ledger = Path.Combine(attempt.Work, "pool", "ledger.jsonl");
                using (FileStream file = new(ledger, FileMode.Open, FileAccess.Write))
                {
                    file.SetLength(file.Length - 100);
                }

                break;
            case StartState.Unscored:
                attempt.Run(null, "--set", "Stages:Complexity:Enabled=false").Expect(0, "a run without a model");
                break;
            default:
                attempt.Run().Expect(0, "a run to be finished");
                break;
        }

        return attempt.Folder;
    }

    // A rule that fires everywhere and does nothing leaves a line for each pass.
    private Dictionary<string, int> Count()
    {
        using Attempt attempt = new(this);
        attempt.Run("*=delay:0").Expect(0, "counting passes");
        return attempt.Fired().GroupBy(static line => line.Split(' ')[0]).ToDictionary(static g => g.Key, static g => g.Count());
    }
}
