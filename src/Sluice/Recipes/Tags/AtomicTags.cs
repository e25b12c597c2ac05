using System.Text.Json.Nodes;
using Sluice.Recipes.Steps;
using Sluice.Selection.Tagging;

namespace Sluice.Recipes.Tags;

/// <summary>Brings the tags of a step's rows to atomic ones: by the table where there is one, else by the stages of <see cref="TagNormalizer"/>, whose table it then writes.</summary>
internal sealed class AtomicTags
{
    private const int MaxGroups = 30;
    private const int MaxNames = 8;

    private readonly TagNormalization? _stages;
    private readonly string _table;
    private readonly string _vectors;

    /// <param name="options">The step's options.</param>
    /// <param name="baseFolder">Folder that the paths in them start from.</param>
    public AtomicTags(TagCoverageStepOptions options, string baseFolder)
    {
        _stages = options.Normalize is not { } normalize ? null : new TagNormalization
        {
            MinCount = normalize.MinCount,
            Rules = normalize.Rules,
            SemanticDistance = normalize.SemanticDistance,
            MinSamples = normalize.MinSamples,
            MinSupport = normalize.MinSupport,
            MinConfidence = normalize.MinConfidence,
            MergeGroups = normalize.Merge == "groups",
            MaxItems = normalize.MaxItems,
        };
        _table = Full(options.TagTable, baseFolder);
        _vectors = Full(options.Normalize?.Vectors ?? "", baseFolder);
    }

    /// <summary>Whether anything is to be done to the tags.</summary>
    public bool IsOn => _stages is not null || _table.Length > 0;

    /// <summary>Checks what can be checked before a run: the message, with the option it belongs to, or nulls.</summary>
    public (string? Message, string? Key) Check()
    {
        if (_vectors.Length > 0 && !File.Exists(_vectors))
        {
            return ($"Found no file {_vectors}, expected vectors of tags. Leave the key out to use the model of Stages:Embed.", "Normalize:Vectors");
        }

        if (_table.Length == 0 || (_stages is not null && !File.Exists(_table)))
        {
            return (null, null);
        }

        try
        {
            TagTableFile.Read(_table);
            return (null, null);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return (_stages is null ? $"{exception.Message} Without Normalize the table must be there, as nothing makes it." : exception.Message, "TagTable");
        }
    }

    /// <summary>The atomic tags, with the figures of how they came about. Throws <see cref="RecipeException"/> when a file cannot be read or written, or no model can compare tags.</summary>
    public (TagColumn Column, JsonObject Figures) Run(TagColumn raw, StepContext context, CancellationToken token)
    {
        try
        {
            return _table.Length > 0 && File.Exists(_table) ? Read(raw) : Make(raw, context, token);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RecipeException(exception.Message, exception);
        }
    }

    private static string Full(string path, string baseFolder) => path.Length == 0 ? "" : Path.GetFullPath(Path.Combine(baseFolder, path));

    private (TagColumn Column, JsonObject Figures) Read(TagColumn raw)
    {
        IReadOnlyDictionary<string, string> atomic = TagTableFile.Read(_table);
        TagColumn column = raw.Map(atomic);
        int[] rows = raw.Sets.Counts();
        TagEntry[] entries = [.. raw.Names.Select((n, i) => new TagEntry(n, atomic.GetValueOrDefault(n, n), rows[i], TagChange.None))];
        JsonObject figures = new()
        {
            ["raw"] = raw.Names.Count,
            ["atomic"] = column.Names.Count,
            ["table"] = "read",
            ["unlisted"] = raw.Names.Count(n => !atomic.ContainsKey(n)),
        };
        return (column, Merged(figures, entries));
    }

    private (TagColumn Column, JsonObject Figures) Make(TagColumn raw, StepContext context, CancellationToken token)
    {
        ITagVectors vectors = _vectors.Length > 0 ? new TagVectorFile(_vectors) : context.TagVectors ?? NoVectors.Instance;
        TagNormalizer normalizer = new(_stages ?? throw new FileNotFoundException($"The table {_table} is gone, and without Normalize nothing makes it."), vectors, context.Progress);
        NormalizedTags made = normalizer.Run(raw.Sets, raw.Names, token);
        JsonObject figures = new() { ["raw"] = made.Raw };
        foreach ((TagChange stage, int count) in made.After)
        {
            figures[stage.ToString().ToLowerInvariant()] = count;
        }

        TagColumn column = raw.Map(made.Entries.ToDictionary(e => e.Tag, e => e.Atomic, StringComparer.Ordinal));
        figures["atomic"] = column.Names.Count;
        figures["associationRules"] = made.AssociationRules;
        figures["associationPasses"] = made.Passes;
        if (_table.Length > 0)
        {
            TagTableFile.Write(_table, made.Entries);
            figures["table"] = "made";
        }

        return (column, Merged(figures, made.Entries));
    }

    // The largest groups, each with its most frequent members, so that people see at a glance what was taken for one.
    private static JsonObject Merged(JsonObject figures, IReadOnlyList<TagEntry> entries)
    {
        figures["leftOut"] = entries.Count(e => e.Atomic.Length == 0);
        IGrouping<string, TagEntry>[] groups = [.. entries.Where(e => e.Atomic.Length > 0).GroupBy(e => e.Atomic, StringComparer.Ordinal).Where(g => g.Skip(1).Any())
            .OrderByDescending(g => g.Sum(e => (long)e.Rows)).ThenBy(g => g.Key, StringComparer.Ordinal)];
        figures["groups"] = groups.Length;
        figures["merged"] = new JsonArray([.. groups.Take(MaxGroups).Select(g => new JsonObject
        {
            ["atomic"] = g.Key,
            ["tags"] = g.Count(),
            ["from"] = new JsonArray([.. g.Where(e => e.Tag != g.Key).OrderByDescending(e => e.Rows).ThenBy(e => e.Tag, StringComparer.Ordinal).Take(MaxNames)
                .Select(e => new JsonObject { ["tag"] = e.Tag, ["rows"] = e.Rows, ["stage"] = e.Change == TagChange.None ? "" : e.Change.ToString().ToLowerInvariant() })]),
        })]);
        return figures;
    }

    private sealed class NoVectors : ITagVectors
    {
        public static NoVectors Instance { get; } = new();

        public Records.VectorData Vectors(IReadOnlyList<string> tags, CancellationToken token) => throw new RecipeException(
            "Found no model to compare tags with. Name a file of vectors as Normalize:Vectors, or set Normalize:SemanticDistance to 0.");
    }
}
