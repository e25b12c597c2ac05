using Sluice.Configuration;
using Sluice.Endpoints;
using Sluice.Host.Serve.State;
using Sluice.Inference;
using Sluice.Recipes;
using Sluice.Topology;

namespace Sluice.Host.Serve.Units;

/// <summary>Tries a pipeline's work and notes how it went. What a user can mend, or what may pass by itself, fails one attempt; anything else is a bug or a broken machine, and is thrown on.</summary>
internal sealed class Attempts(string pipeline, PhaseBoard board, UnitHealth health, RunHistory history, UnitSetup setup)
{
    /// <summary>A round of ingestion.</summary>
    public const string Round = "round";

    /// <summary>The round that commits what came over HTTP before the service ends.</summary>
    public const string LastRound = "last round";

    /// <summary>A selection.</summary>
    public const string Selection = "selection";

    /// <summary>Does some work. False: it failed, or the service ends. Throws <see cref="StageFaultException"/> when it failed too often in a row.</summary>
    /// <param name="work">The work.</param>
    /// <param name="what">What it is.</param>
    /// <param name="most">Failures in a row that are too many.</param>
    /// <param name="stop">The service ends.</param>
    /// <param name="cut">Nothing is waited for any longer.</param>
    public async Task<bool> TryAsync(Func<Task<bool>> work, string what, int most, CancellationToken stop, CancellationToken cut)
    {
        DateTimeOffset started = setup.Time.GetUtcNow();
        try
        {
            bool result = await work();
            health.Succeeded(what);
            return result;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested || cut.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception) when (exception is RecipeException or IOException or UnauthorizedAccessException or InvalidDataException or ConfigurationException or TooManyRejectsException
            or TooManyUnscoredException or EndpointException or InferenceException or ModelException)
        {
            int failures = health.Failed(what, exception.Message);
            setup.Metrics.Failed(pipeline, what == Selection);
            history.Add(new RunState(what == Selection ? "selection" : "ingest", started, Math.Round((setup.Time.GetUtcNow() - started).TotalSeconds, 3), false, 0, exception.Message));
            board.Warn($"This {what} failed: {exception.Message}");
            return failures < most ? false
                : throw new StageFaultException($"{pipeline}: given up after {failures} failed rounds in a row; the last fault is above. Serve:MaxFailures sets the number.", exception);
        }
    }
}
