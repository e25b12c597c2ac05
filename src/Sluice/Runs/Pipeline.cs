using Microsoft.Extensions.Configuration;
using Sluice.Configuration;
using Sluice.Proportions;
using Sluice.Recipes;
using Sluice.Records;
using Sluice.Runs.Loop;
using Sluice.Sources;

namespace Sluice.Runs;

/// <summary>A pipeline file, read and checked as far as that goes without opening models.</summary>
internal sealed record Pipeline
{
    /// <summary>Name of the run.</summary>
    public required string Name { get; init; }

    /// <summary>Folder that relative paths start from.</summary>
    public required string BaseFolder { get; init; }

    /// <summary>The sources as written.</summary>
    public required IReadOnlyList<SourceSpec> Sources { get; init; }

    /// <summary>The recipe's steps.</summary>
    public required IReadOnlyList<IRecipeStep> Recipe { get; init; }

    /// <summary>The recipe as written, a key a line: equal texts are equal recipes.</summary>
    public string RecipeText { get; init; } = "";

    /// <summary>The whole configuration, every key with a value.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>The recipe's options as written, by their whole keys (<c>Recipe:0:Column</c>): what <c>run.json</c> keeps of them.</summary>
    public IReadOnlyDictionary<string, string> RecipeSettings => RecipeOf(Values);

    /// <summary>All options.</summary>
    public required SluiceOptions Options { get; init; }

    /// <summary>Output directory.</summary>
    public required string OutPath { get; init; }

    /// <summary>Work directory.</summary>
    public required string WorkPath { get; init; }

    /// <summary>When not null: of the files that the sources name, only these are taken (absolute paths).</summary>
    public IReadOnlySet<string>? Only { get; init; }

    /// <summary>The pool's folder.</summary>
    public string PoolPath => Path.Combine(WorkPath, "pool");

    /// <summary>Reads a pipeline; every mistake in its sources, recipe and name goes to <paramref name="errors"/>. Sections of options are checked by the caller.</summary>
    /// <param name="configuration">The layered configuration.</param>
    /// <param name="file">The pipeline file, or null when everything stands in appsettings.</param>
    /// <param name="work">Work directory of the command line, or null.</param>
    /// <param name="output">Output directory of the command line, or null.</param>
    /// <param name="solver">For the recipe.</param>
    /// <param name="errors">Takes the mistakes.</param>
    public static Pipeline Read(IConfiguration configuration, string? file, string? work, string? output, ILinearSolver solver, List<ConfigurationError> errors)
    {
        SluiceOptions options = SluiceOptions.Read(configuration, []);
        string folder = file is null ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(file))!;
        string name = configuration["Name"] ?? (file is null ? "sluice" : Path.GetFileNameWithoutExtension(file));
        if (name.Length == 0 || name.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
        {
            errors.Add(new("Name", $"Found '{name}', expected a name that can be a folder's."));
            name = "run";
        }

        ConfigurationReader reader = new(errors);
        List<SourceSpec> sources = [.. configuration.GetSection("Sources").GetChildren().Select(s => reader.Read<SourceSpec>(s))];
        IReadOnlyList<IRecipeStep> recipe = new RecipeReader(solver, errors).Read(configuration.GetSection("Recipe"), folder);
        LoopCheck.Run(options, recipe, errors);
        string home = Path.Combine("runs", name);
        return new Pipeline
        {
            Name = name,
            BaseFolder = folder,
            Sources = sources,
            Recipe = recipe,
            RecipeText = string.Join('\n', configuration.GetSection("Recipe").AsEnumerable(makePathsRelative: true).Where(k => k.Value is not null).OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => $"{k.Key}={k.Value}")),
            Values = new SortedDictionary<string, string>(
                configuration.AsEnumerable().Where(k => k.Value is not null).Append(new("Name", name)).DistinctBy(k => k.Key).ToDictionary(k => k.Key, k => k.Value!), StringComparer.Ordinal),
            Options = options,
            OutPath = Choose(output, options.Output.Directory, folder, Path.Combine(home, "out")),
            WorkPath = Choose(work, options.Output.Work, folder, Path.Combine(home, "work")),
        };
    }

    /// <summary>The keys of a recipe among others.</summary>
    public static IReadOnlyDictionary<string, string> RecipeOf(IEnumerable<KeyValuePair<string, string>> values) =>
        values.Where(v => v.Key.StartsWith("Recipe:", StringComparison.OrdinalIgnoreCase)).ToDictionary(v => v.Key, v => v.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>The input files. What is wrong with the sources goes to <paramref name="errors"/>.</summary>
    public IReadOnlyList<SourceFile> Resolve(IStreamDecoder zstandard, List<ConfigurationError> errors)
    {
        SourcePlan plan = new SourceResolver(Options.Limits, zstandard).Resolve(Sources, BaseFolder);
        errors.AddRange(plan.Errors.Select(e => new ConfigurationError(e.Key, e.Message)));
        return Only is null ? plan.Files : [.. plan.Files.Where(f => Only.Contains(f.Path)).Select((f, i) => f with { Index = i })];
    }

    private static string Choose(string? commandLine, string configured, string folder, string otherwise) =>
        Path.GetFullPath(commandLine ?? (configured.Length > 0 ? Path.Combine(folder, configured) : otherwise));
}
