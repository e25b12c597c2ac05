using Microsoft.Extensions.Configuration;
using Sluice.Clp;
using Sluice.Configuration;
using Sluice.Recipes;
using Sluice.Recipes.Steps;
using Sluice.Records;

namespace Sluice.Tests.Recipes;

/// <summary>Recipes that start again from an earlier step, put answers together, or wait.</summary>
public sealed class BranchTests
{
    private const string Mods = """
        { "Recipe": [
            { "Step": "Threshold", "Column": "score", "Above": 1, "As": "good" },
            { "Step": "Top", "Column": "score", "Count": 2, "As": "seeds" },
            { "Step": "Necessity", "Below": 0, "From": "good" },
            { "Step": "Top", "Column": "score", "Count": 2, "As": "more" },
            { "Step": "Merge", "Of": ["seeds", "more"] }
        ] }
        """;

    private static readonly double[] s_necessity = [-1, -1, 5, -1, -1, -2, 3];

    [Fact]
    public void Run_SeedsThenNecessityThenMerge_KeepsEachRowOnceAndAccountsForAll()
    {
        RecipeOutcome outcome = Pool(s_necessity).Run([.. Read(Mods)]);

        // Good: 2 to 6. Seeds: 6, 5. Necessary among the good: 3, 4, 5; the best two are 5 and 4.
        Assert.Equal([6, 5, 4], outcome.Selected);
        Assert.Equal([0, 1, 2, 3], outcome.Dropped.Select(d => d.Row));
        Assert.Equal(["Threshold", "Threshold", "Necessity", "Top"], outcome.Dropped.Select(d => d.Step));
        Assert.Equal(1, (int)outcome.Steps[4]["repeated"]!);
        Assert.Null(outcome.Waiting);
    }

    [Fact]
    public void Run_NecessityNotThereYet_EndsWithTheSeedsAndSaysWhatComesNext()
    {
        RecipeOutcome outcome = Pool(null).Run([.. Read(Mods)]);

        Assert.Equal([6, 5], outcome.Selected);
        Assert.Equal(3, outcome.Steps.Count);
        Assert.Contains("Stages:Respond", outcome.Waiting, StringComparison.Ordinal);
        Assert.Equal(5, outcome.Dropped.Count);
    }

    [Fact]
    public void Run_NecessityNotThereThoughItMustBe_Fails() => Assert.Contains(
        "Step 3 (Necessity)",
        Assert.Throws<RecipeException>(() => Pool(null).Run([.. Read(Mods.Replace("\"Below\": 0,", "\"Below\": 0, \"WhenAbsent\": \"fail\",", StringComparison.Ordinal))])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Run_RowWithoutResponse_IsDroppedByName()
    {
        RecipeOutcome outcome = Pool([.. s_necessity.Select((v, i) => i == 3 ? double.NaN : v)]).Run([.. Read(Mods)]);

        Assert.Equal("necessity is absent: the tuned model gave no response", outcome.Dropped.Single(d => d.Row == 3).Reason);
        Assert.Equal(1, (int)outcome.Steps[2]["withoutResponse"]!);
    }

    [Fact]
    public void Run_StartAgainWithoutMerge_RowsLeftBehindHaveAReason()
    {
        RecipeOutcome outcome = Pool(s_necessity).Run(
            new PlacedStep(new ThresholdStep(new ThresholdStepOptions { Column = "score", Below = 3 }), "low", ""),
            new PlacedStep(new ThresholdStep(new ThresholdStepOptions { Column = "score", Above = 4 }), "high", "pool"),
            new PlacedStep(new TopStep(new TopStepOptions { Column = "score", Count = 1 }), "", "low"));

        Assert.Equal([2], outcome.Selected);
        Assert.Equal(6, outcome.Dropped.Count);
        Assert.Equal("this step starts again from 'low', which does not hold it", outcome.Dropped.Single(d => d.Row == 6).Reason);
    }

    [Fact]
    public void Read_NamesThatAreNotThere_AreFoundBeforeAnythingRuns()
    {
        List<ConfigurationError> errors = [];
        Read("""
            { "Recipe": [
                { "Step": "Top", "Column": "score", "Count": 2, "As": "seeds", "From": "later" },
                { "Step": "Top", "Column": "score", "Count": 2, "As": "seeds" },
                { "Step": "Merge", "Of": ["seed", "seeds"] }
            ] }
            """, errors);

        Assert.Equal(["Recipe:0:From", "Recipe:1:As", "Recipe:2:Of"], errors.Select(e => e.Key));
        Assert.Contains("Did you mean 'seeds'", errors[2].Message, StringComparison.Ordinal);
    }

    private static FixedPool Pool(double[]? necessity)
    {
        FixedPool pool = FixedPool.OfScores(0, 1, 2, 3, 4, 5, 6);
        if (necessity is not null)
        {
            pool.Columns["necessity"] = new NumberData(necessity);
        }

        return pool;
    }

    private static IReadOnlyList<IRecipeStep> Read(string json, List<ConfigurationError>? errors = null)
    {
        List<ConfigurationError> found = errors ?? [];
        using MemoryStream stream = new(System.Text.Encoding.UTF8.GetBytes(json));
        IReadOnlyList<IRecipeStep> steps = new RecipeReader(new ClpSolver(), found).Read(new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection("Recipe"), "/");
        Assert.True(errors is not null || found.Count == 0, string.Join('\n', found.Select(e => e.Message)));
        return steps;
    }
}
