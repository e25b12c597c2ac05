using System.Globalization;
using Sluice.Configuration;
using Sluice.Inference;
using Sluice.Inference.Difficulty;
using Sluice.Parsing;
using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Recipes;
using Sluice.Recipes.Iteration;
using Sluice.Recipes.Steps;
using Sluice.Records;
using Sluice.Stages;
using Sluice.Topology;

namespace Sluice.Runs.Loop;

/// <summary>
/// IterIT's loop (arXiv 2412.17365): select, train, score the front of the order by the trained model, select again. Each part ends in a rename, and a run looks for what is
/// there: one that was killed anywhere goes on with the part it was in and ends with the same bytes.
/// </summary>
internal sealed class LoopRun(
    SelectRun select, Lazy<ModelCatalog> catalog, IRowParser parser, FlowOptions flow, InferenceOptions inference, ITableFiles tables, TimeProvider time, IRunDisplay display)
{
    /// <summary>
    /// Runs the loop over an annotated pool. Throws <see cref="ConfigurationException"/> when what it began with has changed, <see cref="TrainerException"/> when training fails.
    /// </summary>
    /// <returns>The last selection, which is in the output directory itself too.</returns>
    public async Task<SelectReport> RunAsync(Pipeline pipeline, AnnotateReport annotate, bool fresh, CancellationToken token)
    {
        LoopFolders folders = new(pipeline.WorkPath, pipeline.OutPath);
        IfdStep step = LoopCheck.Last(pipeline.Recipe)!;
        IterationStore store = new(step.State ?? folders.State);
        using PoolLock held = PoolLock.Take(folders.Home, time);
        using PoolLock heldState = PoolLock.Take(store.Folder, time);
        Begin(pipeline, folders, store, fresh);
        store.ShowNewest();
        LoopOptions loop = pipeline.Options.Loop;
        for (int epoch = 0; epoch < loop.Epochs; epoch++)
        {
            int selection = loop.UpdateStrategy == "baseline" ? 0 : epoch;
            if (selection > 0 && store.Newest() < selection)
            {
                Update(pipeline, folders, store, epoch, token);
            }

            if (!File.Exists(Path.Combine(folders.Output(epoch), Sinks.OutputFolder.Manifest)) || store.Newest() < selection)
            {
                Select(pipeline, store, selection, folders.Output(epoch), annotate, token);
            }

            if (store.Newest() < selection)
            {
                // An earlier step waits for something from outside, and the recipe ended there.
                return Select(pipeline, store, selection, pipeline.OutPath, annotate, token);
            }

            if (loop.Trainer.Command.Length == 0)
            {
                return Wait(pipeline, store, annotate, token);
            }

            await TrainAsync(pipeline, folders, epoch, token);
        }

        SelectReport last = Select(pipeline, store, loop.UpdateStrategy == "baseline" ? 0 : loop.Epochs - 1, pipeline.OutPath, annotate, token);
        display.Say($"The loop ended: {loop.Epochs} epochs, each selection in {pipeline.OutPath}/{IterationStore.NameOf(0)} and so on, the trained model in {folders.Model(loop.Epochs - 1)}.");
        return last;
    }

    private void Begin(Pipeline pipeline, LoopFolders folders, IterationStore store, bool fresh)
    {
        using PoolReader pool = PoolReader.Open(pipeline.PoolPath, tables);
        Dictionary<string, string> settings = new(StringComparer.Ordinal)
        {
            ["Recipe"] = pipeline.RecipeText,
            ["Loop:UpdateStrategy"] = pipeline.Options.Loop.UpdateStrategy,
            ["Stages:Ifd"] = pool.Columns().FirstOrDefault(c => c.Name == PoolColumns.Ifd)?.Fingerprint ?? "",
            ["Sources"] = pool.Identity,
        };
        LoopJournal? journal = LoopJournal.Load(folders.Home);
        string[] changed = journal is null ? [] : [.. settings.Where(s => journal.Settings.GetValueOrDefault(s.Key) != s.Value).Select(s => s.Key)];
        if (changed.Length > 0 && !fresh && store.Newest() + journal!.Attempts.Count > 0)
        {
            throw new ConfigurationException([.. changed.Select(key => new ConfigurationError(key,
                $"Found another value than the loop in {folders.Home} began with, and its models were trained by that one. Undo the change, or start the loop anew with --fresh."))]);
        }

        if (fresh || changed.Length > 0)
        {
            store.Clear();
            foreach (string left in Directory.EnumerateDirectories(folders.Home, IterationStore.NameOf(0)[..^3] + "*"))
            {
                Directory.Delete(left, recursive: true);
            }

            journal = null;
        }

        if (journal is null)
        {
            // Selections of an earlier loop must not pass for this one's.
            foreach (string left in Directory.Exists(pipeline.OutPath) ? Directory.EnumerateDirectories(pipeline.OutPath, IterationStore.NameOf(0)[..^3] + "*") : [])
            {
                File.Delete(Path.Combine(left, Sinks.OutputFolder.Manifest));
            }

            new LoopJournal { Settings = settings }.Save(folders.Home);
        }
    }

    private SelectReport Select(Pipeline pipeline, IterationStore store, int epoch, string output, AnnotateReport annotate, CancellationToken token)
    {
        IRecipeStep step = store.Newest() < epoch ? LoopCheck.Last(pipeline.Recipe)!.At(store.Folder) : new EpochStep(store.Load(epoch), isWhole: true);
        IRecipeStep placed = pipeline.Recipe[^1] is PlacedStep named ? named.With(step) : step;
        return select.Run(pipeline.Name, pipeline.PoolPath, [.. pipeline.Recipe.SkipLast(1), placed], output, pipeline.Options.Output.Format, annotate, pipeline.RecipeSettings, token);
    }

    private SelectReport Wait(Pipeline pipeline, IterationStore store, AnnotateReport annotate, CancellationToken token)
    {
        int newest = store.Newest();
        display.Say(
            $"No Loop:Trainer:Command is set, so the loop waits after epoch {newest}: train a model on the selection in {pipeline.OutPath}, score the rows of {store.WindowPath} with it, then "
            + $"'sluice iterate --state {store.Folder} --scores FILE --out DIR'.");
        return Select(pipeline, store, newest, pipeline.OutPath, annotate, token);
    }

    private async Task TrainAsync(Pipeline pipeline, LoopFolders folders, int epoch, CancellationToken token)
    {
        if (Directory.Exists(folders.Model(epoch)))
        {
            return;
        }

        LoopJournal journal = LoopJournal.Load(folders.Home)!;
        int attempt = journal.Attempts.GetValueOrDefault(epoch) + 1;
        journal = journal with { Attempts = new Dictionary<int, int>(journal.Attempts) { [epoch] = attempt } };
        journal.Save(folders.Home);
        Directory.CreateDirectory(folders.Epoch(epoch));
        foreach (string left in Directory.EnumerateDirectories(folders.Epoch(epoch), "model.*" + PoolDisk.Partial))
        {
            Directory.Delete(left, recursive: true);
        }

        // A folder of its own each time: a trainer left over from a run that was killed cannot write into this one.
        string next = folders.Model(epoch) + string.Create(CultureInfo.InvariantCulture, $".{attempt}") + PoolDisk.Partial;
        Directory.CreateDirectory(next);
        Dictionary<string, string> values = new()
        {
            ["epoch"] = epoch.ToString(CultureInfo.InvariantCulture),
            ["selected"] = Directory.EnumerateFiles(folders.Output(epoch), "selected.*").First(),
            ["model"] = epoch == 0 ? catalog.Value.FolderOf(pipeline.Options.Stages.Ifd.Model) : folders.Model(epoch - 1),
            ["next"] = next,
            ["out"] = folders.Output(epoch),
        };
        using (display.Phase("Training", () => new RunProgress(0, 0, $"epoch {epoch}", [])))
        {
            await new TrainerProcess(pipeline.Options.Loop.Trainer, pipeline.BaseFolder, time).RunAsync(values, folders.Log(epoch), token);
        }

        string fingerprint = Fingerprint(pipeline, next, folders.Log(epoch));
        foreach (string file in Directory.EnumerateFiles(next, "*", SearchOption.AllDirectories))
        {
            PoolDisk.Plain.SyncFile(file, "state");
        }

        PoolDisk.Plain.Publish(next, folders.Model(epoch), "state");
        (journal with { Trained = new Dictionary<int, string>(journal.Trained) { [epoch] = fingerprint } }).Save(folders.Home);
    }

    private string Fingerprint(Pipeline pipeline, string folder, string log)
    {
        try
        {
            using TextModel model = catalog.Value.OpenFolder(folder);
            return Stage(pipeline, model).Fingerprint;
        }
        catch (Exception exception) when (exception is ModelException or InferenceException)
        {
            throw new TrainerException($"The trainer ended well, but {folder} is not the model it must be filled with (manifest.json, graph, tokenizer): {exception.Message} Its log is {log}. The same command trains again.", exception);
        }
    }

    private void Update(Pipeline pipeline, LoopFolders folders, IterationStore store, int epoch, CancellationToken token)
    {
        IterationState before = store.Load(epoch - 1);
        using TextModel model = catalog.Value.OpenFolder(folders.Model(epoch - 1));
        IfdStage stage = Stage(pipeline, model);
        if (LoopJournal.Load(folders.Home)!.Trained.TryGetValue(epoch - 1, out string? trained) && trained != stage.Fingerprint)
        {
            throw new InvalidDataException($"The model in {folders.Model(epoch - 1)} is not the one that was trained there. Restore it, delete the folder to train it again, or start the loop anew with --fresh.");
        }

        using PoolReader pool = PoolReader.Open(pipeline.PoolPath, tables);
        UnscoredGuard unscored = new(inference.MaxUnscored, row => display.Warn(string.Create(
            CultureInfo.InvariantCulture, $"The model {row.Stage} could not score row {row.Origin.Number} of {pool.Plan.Files[row.Origin.File].Path}: {row.Reason}")));
        double[] scores = new WindowScoring(pool, parser, flow, display).Run(stage, before.Window, folders.Scores(epoch), unscored, token);
        IterationState next = new IterationRounds(new PoolTexts(pool, parser, flow.Workers).Answers, static (_, _) => { }).Next(before, scores, token);
        if (next.Picked == 0)
        {
            throw new InvalidDataException($"None of the {scores.Length} rows of the window scores below 1 with the model of epoch {epoch - 1}, so epoch {epoch} has nothing to select. Lower Loop:Epochs, or raise UpdateRatio and start anew with --fresh.");
        }

        int wanted = next.Settings.Count(next.Rows.Length);
        if (next.Picked < wanted)
        {
            display.Warn($"Epoch {epoch}: of the {scores.Length} rows that were scored again only {next.Picked} are below 1, so it has these and not {wanted}. A higher UpdateRatio scores more.");
        }

        store.Keep(next);
    }

    private IfdStage Stage(Pipeline pipeline, TextModel model)
    {
        IfdStageOptions options = pipeline.Options.Stages.Ifd;
        IfdDefinition definition = IfdDefinition.All.First(d => d.Name.Equals(options.Definition, StringComparison.OrdinalIgnoreCase));
        return new IfdStage(model, catalog.Value.ReadTemplate(options.Template.Length > 0 ? options.Template : definition.Template), definition);
    }
}
