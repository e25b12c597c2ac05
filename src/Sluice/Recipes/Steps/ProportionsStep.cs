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

    public IReadOnlyList<string> Columns => [_options.Column, .. ProportionRows.AxesOf(_options)];

    private UnknownCategory Unknown => _options.Unknown == "independent" ? UnknownCategory.Independent : UnknownCategory.Refuse;

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
        ProportionRows rows = ProportionRows.Of(_options, _key, context, Source(context), _matrix.Union);
        try
        {
            return _options.Method == "published" ? Published(rows) : Programme(rows);
        }
        catch (ProportionInfeasibleException exception)
        {
            throw new ConfigurationException([new(_key, exception.Message)]);
        }
        catch (ArgumentException exception)
        {
            throw new ConfigurationException([new(_key, exception.Message)]);
        }
        catch (InvalidDataException exception)
        {
            throw new ConfigurationException([new($"{_key}:Matrix", $"{exception.Message.TrimEnd('.')} (\"Unknown\": \"independent\").")]);
        }
    }

    private StepResult Programme(ProportionRows rows)
    {
        int count = (int)(_options.Count ?? rows.Incoming.Length);
        long total = rows.Cells.Sum(cell => (long)cell.Available);
        if (total < count)
        {
            throw new ConfigurationException([new($"{_key}:Count", $"Found {count}, but only {total} rows are there (came in, or may be drawn from Source '{_options.Source}'). Lower Count or widen Source.")]);
        }

        ProportionProblem problem = Problem(rows, count);
        ProportionAnswer answer = ProportionSolver.Solve(problem, _solver);
        int[] counts = ShareRounding.Round(
            answer.Cells, [.. rows.Cells.Select(cell => cell.Category)], count, [.. rows.Cells.Select(cell => cell.Available)], RowLimit.Of(problem, answer.Alpha), _solver);
        ResampleResult result = ProportionResample.Apply(rows.Incoming, rows.Additions, counts, _options.Choose == "random" ? new Random(_options.Seed) : null);
        JsonObject figures = ProportionFigures.Common(_options, rows, answer, counts, result);
        ProportionFigures.AddProgramme(figures, problem, rows, answer, ProportionSolver.Prices(problem, answer, _solver), counts);
        return Result(rows, result, figures, _options.Choose == "random");
    }

    private StepResult Published(ProportionRows rows)
    {
        double[] alpha = ProportionSolver.Alpha(Importance(rows));
        double[] worth = ProportionSolver.Worth(_matrix.Align(rows.Categories, Unknown), alpha);

        // The released code knows the baseline's categories alone; one of importance 0 would end its optimiser at the first step.
        int[] known = [.. Enumerable.Range(0, alpha.Length).Where(j => alpha[j] > 0)];
        PublishedVariant variant = _options.Optimizer switch { "adam" => PublishedVariant.Adam, "adam-aliased" => PublishedVariant.AdamAliased, _ => PublishedVariant.FirstStep };
        PublishedShares shares = PublishedOptimizer.Solve([.. known.Select(j => alpha[j])], _matrix.Align([.. known.Select(j => rows.Categories[j])], Unknown), variant);
        double[] optimum = new double[alpha.Length];
        for (int i = 0; i < known.Length; i++)
        {
            optimum[known[i]] = shares.Weights[i];
        }

        int[] came = [.. rows.Cells.Select(cell => cell.Incoming)];
        int[] wanted = PublishedResample.Counts(came, [.. rows.Cells.Select(cell => cell.Available - cell.Incoming)], alpha, optimum, _options.Shift ?? PublishedShift);
        bool random = _options.Choose != "best";
        ResampleResult result = PublishedResample.Apply(rows.Incoming, rows.Additions, wanted, random ? new Random(_options.Seed) : null);
        double[] weights = [.. wanted.Select(n => (double)n / wanted.Sum())];
        ProportionAnswer answer = new()
        {
            Categories = rows.Categories,
            Alpha = alpha,
            Worth = worth,
            Weights = weights,
            Cells = weights,
            Values = weights,
            Objective = worth.Zip(weights, static (s, w) => s * w).Sum(),
            DualObjective = double.NaN,
            Duals = new Dictionary<string, double>(),
            ReducedCosts = new Dictionary<string, double>(),
            Status = "published",
        };
        JsonObject figures = ProportionFigures.Common(_options, rows, answer, wanted, result);
        figures["optimizer"] = new JsonObject
        {
            ["name"] = _options.Optimizer,
            ["steps"] = shares.Steps,
            ["weights"] = new JsonObject(known.Select(j => KeyValuePair.Create(rows.Categories[j], (JsonNode?)optimum[j]))),
        };
        return Result(rows, result, figures, random);
    }

    private ProportionProblem Problem(ProportionRows rows, int count)
    {
        IReadOnlyList<string> categories = rows.Categories;
        bool axes = rows.Axes.Count > 0;
        return new ProportionProblem
        {
            Categories = categories,
            Importance = Importance(rows),
            Matrix = _matrix,
            Count = count,
            Available = axes ? [] : [.. rows.Cells.Select(cell => cell.Available)],
            Incoming = axes ? [] : [.. rows.Cells.Select(cell => cell.Incoming)],
            Axes = rows.Axes,
            Cells = axes ? rows.Cells : [],
            Shift = _options.Shift ?? (_options.MaxChange is null && _options.MaxRelativeChange is null ? PublishedShift : null),
            MaxChange = _options.MaxChange,
            MaxRelativeChange = _options.MaxRelativeChange,
            Bounds = Named(_options.Bounds, "Bounds", categories, static range => new ShareRange(range[0], range[1])),
            RelativeBounds = Named(_options.RelativeBounds, "RelativeBounds", categories, static range => new ShareRange(range[0], range[1])),
            MinCounts = Named(_options.MinCounts, "MinCounts", categories, static rows => rows),
            MaxCounts = Named(_options.MaxCounts, "MaxCounts", categories, static rows => rows),
            Groups = [.. _options.Groups.Select((group, i) => Group(group, $"{_key}:Groups:{i}", categories))],
            Unknown = Unknown,
        };
    }

    private double[] Importance(ProportionRows rows)
    {
        if (_importance is null)
        {
            return [.. rows.ByCategory(c => rows.Cells[c].Incoming).Select(n => (double)n)];
        }

        foreach ((string category, double alpha) in _importance.Where(entry => entry.Value > 0))
        {
            _ = Known(category, $"{_key}:Importance", rows.Categories);
        }

        return [.. rows.Categories.Select(category => _importance.GetValueOrDefault(category))];
    }

    private CategoryGroup Group(ProportionGroupOptions group, string key, IReadOnlyList<string> categories)
    {
        // The category's own column named as an axis is the same as naming the categories.
        bool own = group.Column == _options.Column;
        IEnumerable<string> named = own ? group.Values.Intersect(group.Categories.Count > 0 ? group.Categories : group.Values, StringComparer.Ordinal) : group.Categories;
        return new CategoryGroup(group.Name, [.. named.Select(c => Known(c, key, categories))], group.Min, group.Max)
        {
            Axis = own || group.Column.Length == 0 ? null : group.Column,
            Values = own ? [] : group.Values,
        };
    }

    private Dictionary<string, TOut> Named<TIn, TOut>(IReadOnlyDictionary<string, TIn> limits, string name, IReadOnlyList<string> categories, Func<TIn, TOut> value) =>
        limits.ToDictionary(limit => Known(limit.Key, $"{_key}:{name}", categories), limit => value(limit.Value), StringComparer.Ordinal);

    private static StepResult Result(ProportionRows rows, ResampleResult result, JsonObject figures, bool random)
    {
        string why = random ? "and chance kept others" : "and other rows of it are better or come first";
        string[] reasons = [.. rows.Cells.Select((_, cell) => $"the share of {rows.Label(cell)} was lowered, {why}")];
        int[] cells = new int[result.Dropped.Length];
        int count = 0;
        foreach (ResampleRow row in rows.Incoming)
        {
            // Those that go stand in the order in which they came in.
            if (count < cells.Length && result.Dropped[count] == row.Row)
            {
                cells[count++] = row.Category;
            }
        }

        return new StepResult
        {
            Kept = [.. result.Kept.Concat(result.Added).Select(r => (long)r)],
            Dropped = new DropList(Array.ConvertAll(result.Dropped, static r => (long)r), i => reasons[cells[i]]),
            Figures = figures,
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
