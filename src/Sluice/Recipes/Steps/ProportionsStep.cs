using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Configuration;
using Sluice.Diagnostics;
using Sluice.Proportions;

namespace Sluice.Recipes.Steps;

/// <summary>
/// Moves category shares to where an effect-equivalence matrix says they help most, within bounds: EE-CPO ("Beyond IID", arXiv 2409.07045, section on category proportions),
/// solved as an exact linear programme.
/// </summary>
internal sealed class ProportionsStep : IRecipeStep
{
    private const double PublishedShift = 0.03;

    private readonly ProportionsStepOptions _options;
    private readonly string _key;
    private readonly CategoryMatrix _matrix;
    private readonly IReadOnlyDictionary<string, double>? _importance;
    private readonly ILinearSolver _solver;

    private ProportionsStep(ProportionsStepOptions options, string key, CategoryMatrix matrix, IReadOnlyDictionary<string, double>? importance, ILinearSolver solver)
    {
        _options = options;
        _key = key;
        _matrix = matrix;
        _importance = importance;
        _solver = solver;
    }

    public string Name => "Proportions";

    public bool IsFilter => false;

    public IReadOnlyList<string> Columns => [_options.Column];

    /// <summary>Makes the step, or adds what is wrong with it to <paramref name="errors"/> and returns null.</summary>
    public static ProportionsStep? Create(ProportionsStepOptions options, string key, string baseFolder, ILinearSolver solver, List<ConfigurationError> errors)
    {
        int before = errors.Count;
        ProportionLimits.Check(options, key, errors);
        CategoryMatrix? matrix = options.Matrix.Length == 0 ? EffectEquivalence.Qwen() : ReadFile($"{key}:Matrix", options.Matrix, baseFolder, CategoryMatrix.Read, errors);
        IReadOnlyDictionary<string, double>? importance = options.Importance.Length == 0 ? null : ReadFile($"{key}:Importance", options.Importance, baseFolder, ImportanceFile.Read, errors);
        return errors.Count > before || matrix is null ? null : new ProportionsStep(options, key, options.Transpose ? matrix.Transposed() : matrix, importance, solver);
    }

    public StepResult Apply(StepContext context, CancellationToken token)
    {
        string?[] texts = context.Texts(_options.Column);
        double[]? quality = context.Has(_options.Quality) ? context.Numbers(_options.Quality) : null;
        IReadOnlyList<long> source = Source(context);
        IReadOnlyList<string> categories = Categories(context.Incoming, source, texts);
        Dictionary<string, int> place = categories.Select((c, i) => (c, i)).ToDictionary(p => p.c, p => p.i, StringComparer.Ordinal);
        ResampleRow[] incoming = Rows(context.Incoming, texts, quality, place);
        ResampleRow[] additions = Rows(source, texts, quality, place);
        int[] came = new int[categories.Count];
        foreach (ResampleRow row in incoming)
        {
            came[row.Category]++;
        }

        int count = (int)(_options.Count ?? incoming.Length);
        int[] available = ProportionResample.Available(incoming, additions, categories.Count);
        long total = available.Sum(a => (long)a);
        if (total < count)
        {
            throw new ConfigurationException([new($"{_key}:Count", $"Found {count}, but only {total} rows are there (came in, or may be drawn from Source '{_options.Source}'). Lower Count or widen Source.")]);
        }

        ProportionAnswer answer = Solve(categories, came, available, count);
        int[] counts;
        ResampleResult result;
        if (_options.Method == "published")
        {
            double average = answer.Alpha.Zip(answer.Worth, static (a, w) => a * w).Sum();
            // Only the sign of weight minus importance is used: up exactly where a category is worth more than the average.
            double[] signs = [.. answer.Alpha.Select((a, j) => a + Math.Sign(answer.Worth[j] - average))];
            counts = PublishedResample.Counts(came, [.. available.Select((a, j) => a - came[j])], answer.Alpha, signs, _options.Shift ?? PublishedShift);
            result = PublishedResample.Apply(incoming, additions, counts, new Random(_options.Seed));
        }
        else
        {
            counts = LargestRemainder.Round(answer.Weights, count, available);
            result = ProportionResample.Apply(incoming, additions, counts);
        }

        return Result(answer, counts, result, incoming, texts);
    }

    private ProportionAnswer Solve(IReadOnlyList<string> categories, int[] came, int[] available, int count)
    {
        ProportionProblem problem = new()
        {
            Categories = categories,
            Importance = [.. categories.Select((c, i) => _importance is null ? came[i] : _importance.GetValueOrDefault(c))],
            Matrix = _matrix,
            Count = count,
            Available = available,
            Shift = _options.Shift ?? (_options.MaxChange is null ? PublishedShift : null),
            MaxChange = _options.MaxChange,
            Bounds = _options.Bounds.ToDictionary(b => Known(b.Key, $"{_key}:Bounds", categories), b => new ShareRange(b.Value[0], b.Value[1]), StringComparer.Ordinal),
            Groups = [.. _options.Groups.Select((g, i) => new CategoryGroup(g.Name, [.. g.Categories.Select(c => Known(c, $"{_key}:Groups:{i}", categories))], g.Min, g.Max))],
        };
        try
        {
            return ProportionSolver.Solve(problem, _solver);
        }
        catch (ProportionInfeasibleException exception)
        {
            throw new ConfigurationException([new(_key, exception.Message)]);
        }
        catch (ArgumentException exception)
        {
            throw new ConfigurationException([new(_key, exception.Message)]);
        }
    }

    private StepResult Result(ProportionAnswer answer, int[] counts, ResampleResult result, ResampleRow[] incoming, string?[] texts)
    {
        Dictionary<int, string> gone = result.Dropped.ToDictionary(r => r, r => string.Create(CultureInfo.InvariantCulture, $"the share of '{texts[r]}' was lowered, and other rows of it are better or come first"));
        JsonObject ByCategory(Func<int, JsonNode> value) => new(answer.Categories.Select((c, i) => KeyValuePair.Create(c, (JsonNode?)value(i))));
        return new StepResult
        {
            Kept = [.. result.Kept.Concat(result.Added).Select(r => (long)r)],
            Dropped = [.. incoming.Where(r => gone.ContainsKey(r.Row)).Select(r => new Drop(r.Row, gone[r.Row]))],
            Figures = new JsonObject
            {
                ["status"] = answer.Status,
                ["method"] = _options.Method,
                ["kept"] = result.Kept.Length + result.Added.Length,
                ["removed"] = result.Dropped.Length,
                ["added"] = result.Added.Length,
                ["objective"] = answer.Objective,
                ["objectiveBefore"] = answer.Alpha.Zip(answer.Worth, static (a, w) => a * w).Sum(),
                ["alpha"] = ByCategory(i => answer.Alpha[i]),
                ["weights"] = ByCategory(i => answer.Weights[i]),
                ["counts"] = ByCategory(i => counts[i]),
                ["worth"] = ByCategory(i => answer.Worth[i]),
                ["duals"] = new JsonObject(answer.Duals.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value))),
                ["reducedCosts"] = new JsonObject(answer.ReducedCosts.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value))),
            },
        };
    }

    private IReadOnlyList<long> Source(StepContext context) => _options.Source switch
    {
        "eligible" => context.Eligible,
        "incoming" => context.Incoming,
        "pool" => context.Candidates,
        _ when context.Earlier.TryGetValue(_options.Source, out IReadOnlyList<long>? rows) => rows,
        _ => throw new ConfigurationException([new($"{_key}:Source",
            $"Found '{_options.Source}'.{Suggestion.DidYouMean(_options.Source, ["eligible", "incoming", "pool", .. context.Earlier.Keys])} Expected eligible, incoming, pool or the name of an earlier step ({string.Join(", ", context.Earlier.Keys)}).")]),
    };

    private IReadOnlyList<string> Categories(IReadOnlyList<long> incoming, IReadOnlyList<long> source, string?[] texts)
    {
        HashSet<string> present = new(StringComparer.Ordinal);
        foreach (long row in incoming.Concat(source))
        {
            present.Add(texts[row] ?? throw new RecipeException($"Row {row} has no value in column '{_options.Column}', expected a category for every row that comes in or may be added."));
        }

        return _matrix.Union(present);
    }

    private static ResampleRow[] Rows(IReadOnlyList<long> rows, string?[] texts, double[]? quality, Dictionary<string, int> place) =>
        [.. rows.Select(r => new ResampleRow(checked((int)r), place[texts[r]!], quality is null ? 0 : quality[r]))];

    private static string Known(string category, string key, IReadOnlyList<string> categories) => categories.Contains(category)
        ? category
        : throw new ConfigurationException([new(key, $"Unknown category '{category}'.{Suggestion.DidYouMean(category, categories)} Neither the rows nor the matrix have it.")]);

    private static T? ReadFile<T>(string key, string path, string baseFolder, Func<string, T> read, List<ConfigurationError> errors)
        where T : class
    {
        string full = Path.GetFullPath(Path.Combine(baseFolder, path));
        try
        {
            return read(full);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            errors.Add(new(key, exception.Message));
            return null;
        }
    }
}
