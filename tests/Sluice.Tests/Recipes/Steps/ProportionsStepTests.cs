using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Sluice.Clp;
using Sluice.Configuration;
using Sluice.Pool;
using Sluice.Recipes;
using Sluice.Records;

namespace Sluice.Tests.Recipes.Steps;

public sealed class ProportionsStepTests
{
    private const string Matrix = ",math,code,chat\nmath,1,0.5,-0.2\ncode,0.3,1,0.1\nchat,-0.4,0.2,1\n";
    private static readonly string[] s_categories = ["math", "math", "code", "code", "code", "chat", "chat", "chat", "chat", "chat"];
    private static readonly string[] s_languages = ["en", "en", "en", "en", "zh", "en", "zh", "ja"];

    [Fact]
    public void Apply_LimitsOfEveryKind_AllHold()
    {
        JsonObject step = Run(
            """
            { "Step": "Proportions", "Matrix": "m.csv", "Shift": 0.2, "MaxChange": 0.15, "MaxRelativeChange": 0.6, "Count": 400, "Bounds": { "code": [0.1, 0.44] },
              "RelativeBounds": { "math": [0.7, 2] }, "MinCounts": { "chat": 190 }, "MaxCounts": { "code": 150 },
              "Groups": [ { "Categories": ["math", "code"], "Min": 0.5 }, { "Name": "Chinese", "Column": "lang", "Values": ["zh"], "Min": 0.3, "Max": 0.35 } ] }
            """).Steps[0];

        // code is held by its largest count; math takes nothing, and chat the rest.
        Assert.Equal(150, (int)step["counts"]!["code"]!);
        Assert.InRange((int)step["counts"]!["math"]!, 56, 60);
        Assert.True((int)step["counts"]!["chat"]! >= 190);
        Assert.Equal(400, step["counts"]!.AsObject().Sum(c => (int)c.Value!));
        JsonObject chinese = step["groups"]!.AsArray().Select(g => g!.AsObject()).Single(g => (string)g["name"]! == "Chinese");
        Assert.InRange((int)chinese["count"]!, 120, 140);
        Assert.Equal((int)chinese["count"]! / 400.0, (double)chinese["share"]!, 1e-12);
        Assert.Equal((int)chinese["count"]!, (int)step["axes"]!["lang"]!["zh"]!["count"]!);
        Assert.Equal(["(other)", "zh"], step["axes"]!["lang"]!.AsObject().Select(a => a.Key));
        JsonObject limit = step["limits"]!.AsArray().Select(l => l!.AsObject()).Single(l => (string)l["name"]! == "MaxCounts of 'code'");
        Assert.Equal(("MaxCounts", "atMost", 150.0, true), ((string)limit["kind"]!, (string)limit["side"]!, (double)limit["limit"]!, (bool)limit["binding"]!));
        Assert.True((double)limit["price"]! > 0);
        Assert.InRange(150, (double)limit["from"]!, (double)limit["to"]!);
        Assert.Equal((double)limit["price"]! * 4, (double)limit["gain"]!, 1e-12);
        Assert.StartsWith("The largest count of 'code' (150 rows) holds the objective back: 4 rows more are worth +", (string)limit["words"]!, StringComparison.Ordinal);
        double[] gains = [.. step["limits"]!.AsArray().Select(l => (double)l!["gain"]!)];
        Assert.Equal(gains.OrderDescending(), gains);
    }

    [Fact]
    public void Apply_SecondAxis_DropsTheWorstAndAddsTheBestOfEachCell()
    {
        Fixed pool = new();
        RecipeOutcome outcome = Run(
            """[ { "Step": "Threshold", "Column": "first", "Below": 400 }, { "Step": "Proportions", "Matrix": "m.csv", "Shift": 0.05, "Source": "pool", "Groups": [ { "Column": "lang", "Values": ["zh"], "Min": 0.3 } ] } ]""", pool);
        HashSet<long> selected = [.. outcome.Selected];
        Assert.Equal(400, selected.Count);
        int added = 0;
        foreach (IGrouping<(string, bool), int> cell in Enumerable.Range(0, Fixed.Size).GroupBy(r => (pool.Category(r), pool.Language(r) == "zh")))
        {
            // In each cell the rows that came in and stayed are better than those that went; those added are better than those left out.
            int[] stayed = [.. cell.Where(r => r < 400 && selected.Contains(r))];
            int[] went = [.. cell.Where(r => r < 400 && !selected.Contains(r))];
            int[] came = [.. cell.Where(r => r >= 400 && selected.Contains(r))];
            int[] passed = [.. cell.Where(r => r >= 400 && !selected.Contains(r))];
            Assert.True(went.Length == 0 || stayed.Min(Fixed.Quality) >= went.Max(Fixed.Quality), $"{cell.Key}");
            Assert.True(came.Length == 0 || passed.Length == 0 || came.Min(Fixed.Quality) >= passed.Max(Fixed.Quality), $"{cell.Key}");
            Assert.True(went.Length == 0 || came.Length == 0, $"{cell.Key} both drops and adds");
            added += came.Length;
        }

        Assert.True(added > 0);
        Assert.Equal(120, selected.Count(r => pool.Language((int)r) == "zh"));
        Assert.Contains(outcome.Dropped, d => d.Step == "Proportions" && d.Reason.StartsWith("the share of 'math' with lang '(other)' was lowered, and other rows", StringComparison.Ordinal));
    }

    [Fact]
    public void Apply_ChooseRandom_IsSeededAndKeepsCounts()
    {
        string Recipe(string choose, int seed) => $$"""{ "Step": "Proportions", "Matrix": "m.csv", "Shift": 0.1, "Count": 300, "Choose": "{{choose}}", "Seed": {{seed}} }""";
        RecipeOutcome one = Run(Recipe("random", 1));
        Assert.Equal(one.Selected, Run(Recipe("random", 1)).Selected);
        Assert.NotEqual(one.Selected, Run(Recipe("random", 2)).Selected);
        RecipeOutcome best = Run(Recipe("best", 1));
        Assert.Equal(best.Selected, Run(Recipe("auto", 1)).Selected);
        Assert.Equal(best.Steps[0]["counts"]!.ToJsonString(), one.Steps[0]["counts"]!.ToJsonString());
        Assert.True(best.Selected.Average(r => Fixed.Quality((int)r)) > one.Selected.Average(r => Fixed.Quality((int)r)));
    }

    [Theory]
    [InlineData("first-step", 1, "code,chat", "math")]
    [InlineData("adam", 1939, "code,chat", "math")]
    [InlineData("adam-aliased", 1696, "chat", "math,code")]
    public void Apply_Published_MovesByTheOptimisersVerdict(string optimizer, int steps, string raised, string lowered)
    {
        RecipeOutcome outcome = Run(
            $$"""[ { "Step": "Threshold", "Column": "first", "Below": 400 }, { "Step": "Proportions", "Matrix": "m.csv", "Method": "published", "Optimizer": "{{optimizer}}", "Shift": 0.1, "Source": "pool" } ]""");
        JsonObject step = outcome.Steps[1];
        Assert.Equal("published", (string)step["status"]!);
        Assert.Equal(steps, (int)step["optimizer"]!["steps"]!);
        int Moved(string category) => (int)step["counts"]![category]! - (int)step["countsBefore"]![category]!;
        Assert.All(raised.Split(','), category => Assert.Equal(40 / raised.Split(',').Length, Moved(category)));
        Assert.All(lowered.Split(','), category => Assert.Equal(-40 / lowered.Split(',').Length, Moved(category)));
        Assert.Equal(400, outcome.Selected.Distinct().Count());
        Assert.Null(step["duals"]);
        Assert.Equal(1, step["weights"]!.AsObject().Sum(w => (double)w.Value!), 1e-12);
    }

    [Fact]
    public void Apply_PublishedBest_TakesTheBestInsteadOfChance()
    {
        string Recipe(string choose) => $$"""[ { "Step": "Threshold", "Column": "first", "Below": 400 }, { "Step": "Proportions", "Matrix": "m.csv", "Method": "published", "Choose": "{{choose}}", "Source": "pool" } ]""";
        double best = Run(Recipe("best")).Selected.Average(r => Fixed.Quality((int)r));
        Assert.True(best > Run(Recipe("auto")).Selected.Average(r => Fixed.Quality((int)r)));
        Assert.Equal(Run(Recipe("random")).Selected, Run(Recipe("auto")).Selected);
    }

    [Fact]
    public void Apply_Importance_IsWhereTheShiftIsMeasuredFrom()
    {
        JsonObject step = Run("""{ "Step": "Proportions", "Matrix": "m.csv", "Importance": "even.csv", "Shift": 0.03, "Count": 300 }""").Steps[0];
        Assert.All(new[] { "math", "code", "chat" }, category => Assert.Equal(1.0 / 3, (double)step["alpha"]![category]!, 1e-12));

        // Worth at even importance: math 0.3, code 0.5667, chat 0.3: 3 % go to code.
        Assert.Equal(0.3633333333, (double)step["weights"]!["code"]!, 1e-9);
        Assert.Equal(109, (int)step["counts"]!["code"]!);
        Assert.Contains(
            "Recipe:0:Importance: Unknown category 'coed'. Did you mean 'code'?",
            Assert.Throws<ConfigurationException>(() => Run("""{ "Step": "Proportions", "Matrix": "m.csv", "Importance": "typo.csv" }""")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_CategoryTheMatrixLacks_IsRefusedUnlessTakenAsIndependent()
    {
        Fixed pool = new() { Extra = "law" };
        Assert.Contains("'law'", Assert.Throws<ConfigurationException>(() => Run("""{ "Step": "Proportions", "Matrix": "m.csv" }""", pool)).Message, StringComparison.Ordinal);
        JsonObject step = Run("""{ "Step": "Proportions", "Matrix": "m.csv", "Unknown": "independent" }""", pool).Steps[0];
        Assert.Equal((double)step["alpha"]!["law"]!, (double)step["worth"]!["law"]!, 1e-12);
    }

    [Theory]
    [InlineData("""{ "Step": "Proportions", "Matrix": "m.csv", "Groups": [ { "Column": "lang", "Values": ["zhh"], "Max": 0.1 } ] }""", "No row has 'zhh' in column 'lang'. Did you mean 'zh'? It holds 'en', 'ja', 'zh'.")]
    [InlineData("""{ "Step": "Proportions", "Matrix": "m.csv", "Groups": [ { "Column": "lang", "Values": ["Klingon"], "Min": 0.1 } ] }""", "No row has 'Klingon' in column 'lang'. It holds 'en', 'ja', 'zh'.")]
    [InlineData("""{ "Step": "Proportions", "Matrix": "m.csv", "MinCounts": { "cod": 3 } }""", "Unknown category 'cod'. Did you mean 'code'?")]
    [InlineData("""{ "Step": "Proportions", "Matrix": "m.csv", "MinCounts": { "code": 600 } }""", "In conflict: MinCounts of 'code' (at least 600 rows); rows of 'code' (at most 300 rows). One change would do: MinCounts of 'code' (at least 600 rows) to 300.")]
    [InlineData("""{ "Step": "Proportions", "Matrix": "m.csv", "Count": 5000 }""", "only 1000 rows are there")]
    public void Apply_ImpossibleForThisPool_SaysSo(string step, string expected) =>
        Assert.Contains(expected, Assert.Throws<ConfigurationException>(() => Run(step)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "Step": "Proportions", "Groups": [ { "Column": "lang", "Min": 0.1 } ] }""", "Groups:0:Values: Found none")]
    [InlineData("""{ "Step": "Proportions", "Groups": [ { "Categories": ["a"], "Values": ["zh"] } ] }""", "Groups:0:Values: Found values without a Column")]
    [InlineData("""{ "Step": "Proportions", "Groups": [ { "Min": 0.1 } ] }""", "Groups:0:Categories: Found none")]
    [InlineData("""{ "Step": "Proportions", "RelativeBounds": { "code": [2, 1] } }""", "RelativeBounds:code: Found [2, 1]")]
    [InlineData("""{ "Step": "Proportions", "Count": 10, "MinCounts": { "a": 6, "b": 5 } }""", "MinCounts: The least counts add up to 11")]
    [InlineData("""{ "Step": "Proportions", "MinCounts": { "a": 6 }, "MaxCounts": { "a": 5 } }""", "MaxCounts:a: Found 5, below MinCounts 6")]
    [InlineData("""{ "Step": "Proportions", "MinCounts": { "a": -6 } }""", "MinCounts:a: Found -6")]
    [InlineData("""{ "Step": "Proportions", "MaxRelativeChange": -1 }""", "MaxRelativeChange: Found -1, expected a value from 0")]
    [InlineData("""{ "Step": "Proportions", "Choose": "worst" }""", "Choose: Found 'worst', expected one of auto, best, random")]
    [InlineData("""{ "Step": "Proportions", "Optimizer": "adam" }""", "Optimizer: Found 'adam', which has a meaning only with Method 'published'")]
    [InlineData("""{ "Step": "Proportions", "Method": "published", "Count": 10 }""", "Count: Method 'published' knows no Count")]
    [InlineData("""{ "Step": "Proportions", "Method": "published", "Groups": [ { "Categories": ["a"] } ] }""", "Groups: Method 'published' knows no Groups")]
    public void Read_Mistake_NamesTheKey(string step, string expected)
    {
        List<ConfigurationError> errors = [];
        _ = Read(step, errors);
        Assert.Contains(errors, e => $"{e.Key}: {e.Message}".Contains(expected, StringComparison.Ordinal));
    }

    private static RecipeOutcome Run(string recipe, Fixed? pool = null)
    {
        List<ConfigurationError> errors = [];
        IReadOnlyList<IRecipeStep> steps = Read(recipe, errors);
        Assert.Empty(errors);
        pool ??= new Fixed();
        return new RecipeRunner(pool, new FixedPool { Rows = Fixed.Size }, TimeProvider.System).Run(steps, [.. Enumerable.Range(0, Fixed.Size).Select(r => (long)r)], null, default);
    }

    private static IReadOnlyList<IRecipeStep> Read(string recipe, List<ConfigurationError> errors)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["m.csv"], Matrix);
        File.WriteAllText(folder["even.csv"], "category,alpha\nmath,2\ncode,2\nchat,2\n");
        File.WriteAllText(folder["typo.csv"], "category,alpha\nmath,2\ncoed,2\n");
        string json = $$"""{ "Recipe": {{(recipe.StartsWith('[') ? recipe : $"[ {recipe} ]")}} }""";
        using MemoryStream stream = new(System.Text.Encoding.UTF8.GetBytes(json));
        IConfigurationRoot root = new ConfigurationBuilder().AddJsonStream(stream).Build();
        return new RecipeReader(new ClpSolver(), errors).Read(root.GetSection("Recipe"), folder.Path);
    }

    /// <summary>1,000 rows: a fifth math, three tenths code, half chat; a quarter of them Chinese, an eighth Japanese; qualities all different.</summary>
    private sealed class Fixed : IColumnSource
    {
        public const int Size = 1000;

        public string? Extra { get; init; }

        public long Rows => Size;

        public static double Quality(int row) => row * 7919 % 1009;

        public string Category(int row) => Extra is not null && row % 100 == 99 ? Extra : s_categories[row % 10];

        public string Language(int row) => s_languages[row / 10 % 8];

        public ColumnData Column(string name) => name switch
        {
            "category" => new TextData([.. Enumerable.Range(0, Size).Select(Category)]),
            "lang" => new TextData([.. Enumerable.Range(0, Size).Select(Language)]),
            "quality" => new NumberData([.. Enumerable.Range(0, Size).Select(Quality)]),
            "first" => new NumberData([.. Enumerable.Range(0, Size).Select(r => (double)r)]),
            _ => throw new InvalidDataException($"The pool has no column '{name}'."),
        };

        public bool Has(string name) => name is "category" or "lang" or "quality" or "first";

        public VectorData Vectors(string name, IReadOnlyList<long> rows) => throw new InvalidDataException($"The pool has no column '{name}'.");
    }
}
