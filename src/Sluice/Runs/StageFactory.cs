using System.Globalization;
using Sluice.Configuration;
using Sluice.Dedup;
using Sluice.Inference;
using Sluice.Inference.Difficulty;
using Sluice.Inference.TextViews;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Stages;

namespace Sluice.Runs;

/// <summary>Opens the stages that a pipeline asks for and collects what is wrong with all of them.</summary>
internal static class StageFactory
{
    /// <summary>Opens and checks the models. Throws <see cref="ConfigurationException"/> with every fault.</summary>
    /// <param name="options">Which stages, with which model.</param>
    /// <param name="inference">Batch budget, part of the fingerprint of scores.</param>
    /// <param name="catalog">Where models come from.</param>
    /// <param name="scratch">Folder for scratch files; made only when rows flow.</param>
    public static StageSet Open(StagesOptions options, InferenceOptions inference, ModelCatalog catalog, string scratch)
    {
        List<ConfigurationError> errors = [];
        List<IBatchStage> models = [];
        List<IDisposable> owned = [];
        SortedDictionary<string, string> providers = new(StringComparer.Ordinal);
        HashSet<string> fallbacks = [];
        Dictionary<string, string> fingerprints = new(StringComparer.Ordinal);
        if (options.Script.Enabled)
        {
            ScriptStage script = new();
            models.Add(script);
            fingerprints[PoolColumns.Script] = script.Fingerprint;
        }

        Add(options.Tag.Enabled, TagStageOptions.SectionName, options.Tag.Model, static m => new TagStage(m), PoolColumns.Category, PoolColumns.Tags);
        Add(options.Quality.Enabled, QualityStageOptions.SectionName, options.Quality.Model,
            m => new ScoreStage(PoolColumns.Quality, m, QualityStageOptions.SectionName, options.Quality.EachTurn), PoolColumns.Quality);
        Add(options.Complexity.Enabled, ComplexityStageOptions.SectionName, options.Complexity.Model,
            m => new ScoreStage(PoolColumns.Complexity, m, ComplexityStageOptions.SectionName, options.Complexity.EachTurn), PoolColumns.Complexity);
        Add(options.Embed.Enabled, EmbedStageOptions.SectionName, options.Embed.Model, static m => new EmbedStage(m), PoolColumns.Embedding);
        IfdDefinition definition = IfdDefinition.All.First(d => d.Name.Equals(options.Ifd.Definition, StringComparison.OrdinalIgnoreCase));
        Add(options.Ifd.Enabled, IfdStageOptions.SectionName, options.Ifd.Model,
            m => new IfdStage(m, catalog.ReadTemplate(options.Ifd.Template.Length > 0 ? options.Ifd.Template : definition.Template), definition),
            PoolColumns.Ifd, PoolColumns.LossConditional, PoolColumns.LossDirect);
        if (errors.Count > 0)
        {
            owned.ForEach(o => o.Dispose());
            throw new ConfigurationException(errors);
        }

        // Models of one tokenizer read each batch's ids once, as many of them as the longest reader takes.
        foreach (IGrouping<string, TextModel> readers in owned.OfType<TextModel>().GroupBy(m => m.Manifest.Tokenizer.Sha256).Where(g => g.Skip(1).Any()))
        {
            int longest = readers.Max(m => m.Manifest.MaxTokens);
            foreach (TextModel reader in readers)
            {
                reader.ShareTokens(longest);
            }
        }

        NearDedupStage? near = null;
        if (options.Dedup.Near)
        {
            near = new NearDedupStage(options.Dedup, Path.Combine(scratch, "shingles.scratch"));
            owned.Add(near);
        }

        int words = options.Dedup.ShingleWords;
        bool shingles = options.Dedup.Near;
        Dictionary<string, string> settings = new(StringComparer.Ordinal)
        {
            ["Inference:BatchTokens"] = inference.BatchTokens.ToString(CultureInfo.InvariantCulture),
            ["Inference:BatchRows"] = inference.BatchRows.ToString(CultureInfo.InvariantCulture),
            ["Stages:Dedup:Exact"] = options.Dedup.Exact.ToString(),
            ["Stages:Dedup:Near"] = options.Dedup.Near.ToString(),
            ["Stages:Dedup:MinJaccard"] = options.Dedup.MinJaccard.ToString(CultureInfo.InvariantCulture),
            ["Stages:Dedup:ShingleWords"] = words.ToString(CultureInfo.InvariantCulture),
        };
        foreach (IBatchStage model in models)
        {
            settings[$"Stages:{model.Name}"] = model.Fingerprint;
        }

        return new StageSet
        {
            Prepare = sample => Prepare(sample, words, shingles),
            Exact = new ExactDedupStage(options.Dedup.Exact),
            Models = models,
            Near = near,
            Fingerprints = fingerprints,
            Settings = settings,
            Providers = providers,
            Fallbacks = [.. fallbacks],
            Owned = owned,
            MaxUnscored = inference.MaxUnscored,
        };

        void Add(bool enabled, string section, string model, Func<TextModel, IBatchStage> make, params ReadOnlySpan<string> columns)
        {
            if (!enabled)
            {
                return;
            }

            try
            {
                TextView? view = section == EmbedStageOptions.SectionName && options.Embed.Text.Length > 0 ? Enum.Parse<TextView>(options.Embed.Text, ignoreCase: true) : null;
                TextModel opened = catalog.Open(model, view);
                owned.Add(opened);
                providers[model] = opened.Provider;
                if (opened.FallbackReason is { } reason)
                {
                    fallbacks.Add($"Inference:Provider is {inference.Provider}, but models run on {opened.Provider.Split(' ')[0]}: {reason}");
                }

                IBatchStage stage = make(opened);
                models.Add(stage);
                foreach (string column in columns)
                {
                    fingerprints[column] = stage.Fingerprint;
                }
            }
            catch (Exception exception) when (exception is ModelException or InferenceException or IOException or InvalidDataException)
            {
                errors.Add(new($"{section}:Model", exception.Message));
            }
        }
    }

    private static void Prepare(Sample sample, int shingleWords, bool shingles)
    {
        if (shingles)
        {
            sample.ContentHash = ContentFingerprint.Compute(sample.Turns, shingleWords, out ulong[] set);
            sample.Shingles = set;
        }
        else
        {
            sample.ContentHash = ContentHash.Compute(sample.Turns);
        }
    }
}
