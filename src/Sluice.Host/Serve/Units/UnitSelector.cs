using System.Globalization;
using Sluice.Host.Serve.State;
using Sluice.Runs;

namespace Sluice.Host.Serve.Units;

/// <summary>Makes a pipeline's selections, beside its rounds: they read what is committed.</summary>
internal sealed class UnitSelector(Attempts attempts, PhaseBoard board, RunHistory history, UnitSetup setup)
{
    private Task _running = Task.CompletedTask;

    /// <summary>When the next is due.</summary>
    public Selections Due { get; } = new(setup.Time);

    /// <summary>The last selection; null before the first.</summary>
    public SelectionState? Last { get; private set; }

    /// <summary>Finds the selection of before the service started.</summary>
    public void Load(Pipeline pipeline) => Last ??= LastSelection.Read(pipeline.OutPath, pipeline.Name);

    /// <summary>Begins a selection where one is due.</summary>
    /// <param name="parts">The pipeline as configured now.</param>
    /// <param name="annotated">What the last round did, for the manifest.</param>
    /// <param name="isIdle">Whether nothing is left to ingest.</param>
    /// <param name="stop">The service ends.</param>
    public void Consider(UnitParts parts, AnnotateReport? annotated, bool isIdle, CancellationToken stop)
    {
        if (Due.Take(parts.Options, isIdle) is not { } trigger)
        {
            return;
        }

        _running = Task.Run(async () =>
        {
            bool isMade = false;
            try
            {
                // A recipe that fails must not end the ingestion beside it, however often.
                isMade = await attempts.TryAsync(() => SelectAsync(parts, annotated, trigger, stop), Attempts.Selection, int.MaxValue, stop, stop);
            }
            finally
            {
                Due.End(failed: !isMade);
            }
        }, CancellationToken.None);
    }

    /// <summary>Waits for the selection under way, where one is.</summary>
#pragma warning disable VSTHRD003 // Begun by this class itself.
    public async Task EndAsync() => await _running;
#pragma warning restore VSTHRD003

    private async Task<bool> SelectAsync(UnitParts parts, AnnotateReport? annotated, string trigger, CancellationToken token)
    {
        // Selections read whole columns: one at a time over all pipelines keeps memory in bounds.
        await setup.OneSelection.WaitAsync(token);
        try
        {
            DateTimeOffset started = setup.Time.GetUtcNow();
            Pipeline pipeline = parts.Pipeline;
            SelectReport report = parts.Get<SelectRun>().Run(
                pipeline.Name, pipeline.PoolPath, pipeline.Recipe, pipeline.OutPath, pipeline.Options.Output.Format, annotated, pipeline.RecipeSettings, token);
            Last = new SelectionState(report.Outcome.Selected.Count, setup.Time.GetUtcNow(), LastSelection.Address(pipeline.Name));
            setup.Metrics.Selected(pipeline.Name, report.Elapsed);
            string text = string.Create(CultureInfo.InvariantCulture, $"candidates {report.Outcome.Candidates:N0} = selected {report.Outcome.Distinct:N0} + dropped {report.Outcome.Dropped.Count:N0}");
            history.Add(new RunState("selection", started, Math.Round(report.Elapsed.TotalSeconds, 3), true, report.Outcome.Selected.Count, text) { Trigger = trigger });
            board.Say($"Selected: {text}.{(report.Outcome.Waiting is { } waiting ? $" WAITING. {waiting}" : "")}");
            return true;
        }
        finally
        {
            setup.OneSelection.Release();
            ProcessMemory.Release();
        }
    }
}
