using Sluice.Configuration;
using Sluice.Parsing;
using Sluice.Pool;
using Sluice.Recipes.Iteration;
using Sluice.Recipes.Steps;
using Sluice.Records;
using Sluice.Sinks;
using Sluice.Topology;

namespace Sluice.Runs.Loop;

/// <summary>The next round of an iterative method by hand: new scores of the window in, the next selection and window out.</summary>
internal sealed class IterateRun(SelectRun select, IRowParser parser, FlowOptions flow, ITableFiles tables, TimeProvider time, IRunDisplay display)
{
    /// <summary>
    /// Takes new scores into the state, then writes the selection. The state goes first: when the second is cut off, the same call finds its scores applied and writes the
    /// selection again. Throws <see cref="ConfigurationException"/> when state, scores and pool do not belong together, naming each row that is wrong.
    /// </summary>
    /// <param name="folder">The state directory.</param>
    /// <param name="scores">The scores' file.</param>
    /// <param name="output">The output directory.</param>
    /// <param name="poolPath">Where the pool lies now; null for where it lay.</param>
    /// <param name="format">How chosen rows are written.</param>
    /// <param name="token">Stops the run.</param>
    public SelectReport Run(string folder, string scores, string output, string? poolPath, OutputFormat format, CancellationToken token)
    {
        IterationStore store = new(folder);
        if (store.Newest() < 0)
        {
            throw new ConfigurationException([new("--state", $"{folder} holds no state of an iteration. A recipe's step Ifd with State, or 'sluice run' with Loop:Epochs, makes one.")]);
        }

        using PoolLock held = PoolLock.Take(folder, time);
        IterationState state = store.Latest()!;
        WindowScores read = WindowScores.Read(scores, tables);
        string place = poolPath ?? state.Pool;
        if (IsApplied(store, state, read))
        {
            display.Say($"These scores made epoch {state.Epoch} already; its selection is written again.");
        }
        else
        {
            state = Advance(store, state, read, place, token);
        }

        SelectReport report = select.Run(Path.GetFileName(Path.TrimEndingDirectorySeparator(output)), place, [new EpochStep(state, isWhole: false)], output, format, null, new Dictionary<string, string>(), token);
        display.Say($"Epoch {state.Epoch}: {state.Picked:N0} rows are selected. Train on them, score the {state.Window.Length:N0} rows of {store.WindowPath} with the new model, and call 'sluice iterate' again.");
        return report;
    }

    private static bool IsApplied(IterationStore store, IterationState state, WindowScores read) =>
        state.Epoch > 0 && read.For(store.Load(state.Epoch - 1).Window, []) is { } values && IterationState.Digest(values) == state.Applied;

    private IterationState Advance(IterationStore store, IterationState state, WindowScores read, string place, CancellationToken token)
    {
        List<string> wrong = [];
        double[]? values = read.For(state.Window, wrong);
        List<ConfigurationError> errors = [.. wrong.Select(error => new ConfigurationError("--scores", error))];
        using PoolReader pool = PoolReader.Open(place, tables);
        if (pool.Identity != state.Identity)
        {
            errors.Add(new("--pool", $"The pool {place} holds other rows than the one that the iteration began with. Name that one."));
        }

        if (values is null || errors.Count > 0)
        {
            throw new ConfigurationException(errors);
        }

        long[] absent = [.. state.Window.Where((_, i) => double.IsNaN(values[i]))];
        if (absent.Length > 0)
        {
            display.Warn($"{absent.Length} rows of the window have no score ({WindowScores.Some(absent)}): they stay in the order as not eligible.");
        }

        int picked = 0;
        int of = 1;
        using IDisposable phase = display.Phase("Selecting", () => new RunProgress((double)picked / of, picked, "", []));
        IterationState next = new IterationRounds(new PoolTexts(pool, parser, flow.Workers).Answers, (done, all) => (picked, of) = (done, all)).Next(state, values, token);
        if (next.Picked == 0)
        {
            throw new InvalidDataException($"None of the {values.Length} rows of the window scores below 1, so there is nothing to select. The state stays at epoch {state.Epoch}.");
        }

        store.Keep(next);
        return next;
    }
}
