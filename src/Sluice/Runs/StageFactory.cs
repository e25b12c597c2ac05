using System.Globalization;
using Sluice.Configuration;
using Sluice.Inference;
using Sluice.Inference.Difficulty;
using Sluice.Inference.TextViews;
using Sluice.Pool;
using Sluice.Stages;

namespace Sluice.Runs;

/// <summary>Opens the stages that a pipeline asks for and collects what is wrong with all of them.</summary>
internal static class StageFactory
{
    /// <summary>Opens and checks the stages. Throws <see cref="ConfigurationException"/> with every fault.</summary>
    /// <param name="options">Which stages, with which model.</param>
    /// <param name="inference">Batch budget, part of the fingerprint of scores.</param>
    /// <param name="parts">What they are made of.</param>
    public static StageSet Open(StagesOptions options, InferenceOptions inference, StageParts parts)
    {
        StageBuilder builder = new(parts.Catalog, inference.Provider);
        AddModels(options, parts.Catalog, builder);
        builder.Numbers.AddRange(Numbers(options).Where(builder.Fingerprints.ContainsKey));
        AskStages.Add(options, parts, builder);
        if (builder.Errors.Count > 0)
        {
            builder.Owned.ForEach(o => o.Dispose());
            throw new ConfigurationException(builder.Errors);
        }

        // Models of one tokenizer read each batch's ids once, as many of them as the longest reader takes.
        foreach (IGrouping<string, TextModel> readers in builder.Owned.OfType<TextModel>().GroupBy(m => m.Manifest.Tokenizer.Sha256).Where(g => g.Skip(1).Any()))
        {
            int longest = readers.Max(m => m.Manifest.MaxTokens);
            foreach (TextModel reader in readers)
            {
                reader.ShareTokens(longest);
            }
        }

        ExactDedupStage exact = new(options.Dedup, Path.Combine(parts.Scratch, "hashes.scratch"));
        builder.Owned.Add(exact);
        NearDedupStage? near = null;
        if (options.Dedup.Near)
        {
            near = new NearDedupStage(options.Dedup, Path.Combine(parts.Scratch, "shingles.scratch"));
            builder.Owned.Add(near);
        }

        int words = options.Dedup.ShingleWords;
        Dictionary<string, string> settings = new(StringComparer.Ordinal)
        {
            ["Inference:BatchTokens"] = inference.BatchTokens.ToString(CultureInfo.InvariantCulture),
            ["Inference:BatchRows"] = inference.BatchRows.ToString(CultureInfo.InvariantCulture),
            ["Stages:Dedup:Exact"] = options.Dedup.Exact.ToString(),
            ["Stages:Dedup:Near"] = options.Dedup.Near.ToString(),
            ["Stages:Dedup:MinJaccard"] = options.Dedup.MinJaccard.ToString(CultureInfo.InvariantCulture),
            ["Stages:Dedup:ShingleWords"] = words.ToString(CultureInfo.InvariantCulture),
        };
        foreach (IColumnStage stage in builder.Stages)
        {
            settings[$"Stages:{stage.Name}"] = stage.Fingerprint;
        }

        return new StageSet
        {
            Prepare = new DedupPreparation(options.Dedup).Prepare,
            Exact = exact,
            Models = builder.Stages,
            Near = near,
            Fingerprints = builder.Fingerprints,
            Settings = settings,
            Providers = builder.Providers,
            Fallbacks = [.. builder.Fallbacks],
            Owned = builder.Owned,
            MaxUnscored = inference.MaxUnscored,
            Asking = builder.Asking,
            Ids = builder.Ids,
        };
    }

    private static void AddModels(StagesOptions options, ModelCatalog catalog, StageBuilder builder)
    {
        if (options.Script.Enabled)
        {
            builder.Add(new ScriptStage(), PoolColumns.Script);
        }

        builder.AddModel(options.Tag.Enabled, TagStageOptions.SectionName, options.Tag.Model, static m => new TagStage(m), PoolColumns.Category, PoolColumns.Tags);
        builder.AddModel(options.Quality.Enabled, QualityStageOptions.SectionName, options.Quality.Model,
            m => new ScoreStage(PoolColumns.Quality, m, QualityStageOptions.SectionName, options.Quality.EachTurn), PoolColumns.Quality);
        builder.AddModel(options.Complexity.Enabled, ComplexityStageOptions.SectionName, options.Complexity.Model,
            m => new ScoreStage(PoolColumns.Complexity, m, ComplexityStageOptions.SectionName, options.Complexity.EachTurn), PoolColumns.Complexity);
        TextView? view = options.Embed.Text.Length > 0 ? Enum.Parse<TextView>(options.Embed.Text, ignoreCase: true) : null;
        builder.AddModel(options.Embed.Enabled, EmbedStageOptions.SectionName, options.Embed.Model, view, static m => new EmbedStage(m), PoolColumns.Embedding);
        IfdDefinition definition = IfdDefinition.All.First(d => d.Name.Equals(options.Ifd.Definition, StringComparison.OrdinalIgnoreCase));
        builder.AddModel(options.Ifd.Enabled, IfdStageOptions.SectionName, options.Ifd.Model,
            m => new IfdStage(m, catalog.ReadTemplate(options.Ifd.Template.Length > 0 ? options.Ifd.Template : definition.Template), definition),
            PoolColumns.Ifd, PoolColumns.LossConditional, PoolColumns.LossDirect);
    }

    // A list a row is no number that a condition could compare.
    private static IEnumerable<string> Numbers(StagesOptions options) =>
    [
        .. options.Quality.EachTurn ? (string[])[] : [PoolColumns.Quality],
        .. options.Complexity.EachTurn ? (string[])[] : [PoolColumns.Complexity],
        PoolColumns.Ifd, PoolColumns.LossConditional, PoolColumns.LossDirect,
    ];
}
