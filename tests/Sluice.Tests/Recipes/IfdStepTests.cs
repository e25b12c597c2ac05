using Microsoft.Extensions.Configuration;
using Sluice.Configuration;
using Sluice.Recipes;
using Sluice.Recipes.Iteration;
using Sluice.Recipes.Steps;
using Sluice.Records;
using Sluice.Tests.Selection.Iterative;

namespace Sluice.Tests.Recipes;

/// <summary>The step, what it keeps between epochs and what it says when that does not fit.</summary>
public sealed class IfdStepTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string State => _folder["state"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Apply_PublishedExample_PicksItsRowsAndSaysWhyNotTheOthers()
    {
        RecipeOutcome outcome = Pool().Run(Step("Ratio=2", $"Suffix={IterItExample.Suffix}", "Bf16=true"));

        Assert.Equal([4, 1], outcome.Selected);
        Assert.Equal((2L, 1L, 2L, 6L), ((long)outcome.Steps[0]["picked"]!, (long)outcome.Steps[0]["ineligible"]!, (long)outcome.Steps[0]["wanted"]!, (long)outcome.Steps[0]["window"]!));
        Assert.Equal((0.94921875, 4.171958309, 3.960101051), (outcome.RowFigures["score"][4], Math.Round(outcome.RowFigures["diversity"][4], 9), Math.Round(outcome.RowFigures["worth"][4], 9)));
        Assert.Equal("ifd 0.8984 of epoch 0: not among the 2 picked in epoch 0", outcome.Dropped[0].Reason);
        Assert.Equal("ifd 1.2031 of epoch 0 is not below 1: the instruction does not help the model", outcome.Dropped[3].Reason);
    }

    [Theory]
    [InlineData("Ratio=0.5", 3)]
    [InlineData("Ratio=0.49", 2)]
    [InlineData("Ratio=0.01", 1)]
    [InlineData("Ratio=1", 5)]
    [InlineData("Ratio=3.9", 3)]
    [InlineData("Ratio=100", 5)]
    public void Apply_Ratio_IsAShareUpToOneAndANumberAbove(string ratio, int picked) => Assert.Equal(picked, Pool().Run(Step(ratio)).Selected.Count);

    [Fact]
    public void Apply_ScoreAlone_RanksByIt()
    {
        RecipeOutcome outcome = Pool().Run(Step("Ratio=3", "Score=ifd"));
        Assert.Equal([4, 0, 1], outcome.Selected);
        Assert.Equal(["score"], outcome.RowFigures.Keys);
    }

    [Fact]
    public void Apply_RowWithoutScore_IsReportedAndKeptInTheOrder()
    {
        FixedPool pool = Pool([.9, double.NaN, .8, .7, .95, 1.2]);
        RecipeOutcome outcome = pool.Run(Step("Ratio=2", $"State={State}"));

        Assert.Equal((2L, 1L), ((long)outcome.Steps[0]["ineligible"]!, (long)outcome.Steps[0]["unscored"]!));
        Assert.Equal("ifd is absent in epoch 0, so the row is not eligible", outcome.Dropped.Single(d => d.Row == 1).Reason);
        Assert.Equal(["4", "0", "1", "5", "2", "3"], File.ReadLines(Path.Combine(State, "order.csv")));
    }

    [Fact]
    public void Apply_NoRowBelowOne_SaysSo() =>
        Assert.Contains("is not below 1", Assert.Throws<RecipeException>(() => Pool([1, 1.1, double.NaN, 2, 3, 4]).Run(Step("Ratio=2"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Apply_NegativeScore_NamesTheRow() =>
        Assert.Contains("the score -1 for row 2", Assert.Throws<RecipeException>(() => Pool([1, 1.1, -1, 2, 3, 4]).Run(Step("Ratio=2"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Apply_State_HoldsOrderAndWindow()
    {
        Pool().Run([5, 4, 2, 1, 0], Step("Ratio=1.5", "UpdateRatio=2", $"State={State}"));

        // K = 1, and the window twice that.
        string[] order = File.ReadAllLines(Path.Combine(State, "order.csv"));
        Assert.Equal(["0", "1", "2", "4", "5"], order.Order());
        Assert.Equal("5", order[1]);
        Assert.Equal(order[..2], File.ReadAllLines(Path.Combine(State, "window.csv")));
        Assert.Equal(order, File.ReadAllLines(Path.Combine(State, "epoch-000", "order.csv")));
    }

    [Theory]
    [InlineData("UpdateRatio=0", 6)]
    [InlineData("UpdateRatio=1", 6)]
    [InlineData("UpdateRatio=2", 4)]
    [InlineData("UpdateRatio=50", 6)]
    public void Apply_UpdateRatio_SetsTheWindow(string ratio, int rows)
    {
        Pool().Run(Step("Ratio=2", ratio, $"State={State}"));
        Assert.Equal(rows, File.ReadLines(Path.Combine(State, "window.csv")).Count());
    }

    [Fact]
    public void Next_TwoEpochExample_GivesTheOrderOfTheReference()
    {
        FixedPool pool = Pool(IterItExample.TwoEpochScores, IterItExample.TwoEpochTexts);
        pool.Run(Step("Ratio=2", $"State={State}"));
        IterationStore store = new(State);
        Assert.Equal([0, 3, 5, 4, 1, 2], store.Latest()!.Window);

        store.Keep(new IterationRounds(pool.Answers, static (_, _) => { }).Next(store.Latest()!, [.55, .80, .95, .50, .65, .75], default));

        Assert.Equal(["5", "3", "2", "1", "0", "4", "6", "7"], File.ReadLines(Path.Combine(State, "order.csv")));
        // The step answers with the newest epoch for as long as nothing changed that the iteration began with.
        RecipeOutcome again = pool.Run(Step("Ratio=2", $"State={State}"));
        Assert.Equal([5, 3], again.Selected);
        Assert.Equal(1, (long)again.Steps[0]["epoch"]!);
        Assert.Equal("ifd 0.5 of epoch 0: not among the 2 picked in epoch 1", again.Dropped.Single(d => d.Row == 6).Reason);
        Assert.Contains("other options", Assert.Throws<RecipeException>(() => pool.Run(Step("Ratio=3", $"State={State}"))).Message, StringComparison.Ordinal);
        Assert.Contains("of which 3 are among the 3", Assert.Throws<RecipeException>(() => pool.Run([0, 1, 2], Step("Ratio=2", $"State={State}"))).Message, StringComparison.Ordinal);
        FixedPool other = Pool([.. IterItExample.TwoEpochScores.Select(s => s / 2)], IterItExample.TwoEpochTexts);
        Assert.Contains("other values in column ifd", Assert.Throws<RecipeException>(() => other.Run(Step("Ratio=2", $"State={State}"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_ChangedBeforeASecondEpoch_BeginsAgain()
    {
        Pool().Run(Step("Ratio=2", $"State={State}"));
        Assert.Equal(3, Pool().Run(Step("Ratio=3", $"State={State}")).Selected.Count);
        Assert.Equal(3, new IterationStore(State).Latest()!.Picks.Count);
    }

    [Fact]
    public void Load_DamagedFile_IsNamed()
    {
        Pool().Run(Step("Ratio=2", $"State={State}"));
        File.AppendAllText(Path.Combine(State, "epoch-000", "scores.csv"), "7,0.5,0\n");
        Assert.Contains("scores.csv is not what was written there", Assert.Throws<InvalidDataException>(() => new IterationStore(State).Latest()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Latest_CutOffBetweenFolderAndTop_BringsTheTopUp()
    {
        FixedPool pool = Pool();
        pool.Run(Step("Ratio=2", $"State={State}"));
        string[] names = ["order.csv", "window.csv", "state.json"];
        byte[][] before = [.. names.Select(n => File.ReadAllBytes(Path.Combine(State, n)))];
        IterationStore store = new(State);
        store.Keep(new IterationRounds(pool.Answers, static (_, _) => { }).Next(store.Latest()!, [.1, .2, .3, .4, .5, .6], default));
        byte[][] after = [.. names.Select(n => File.ReadAllBytes(Path.Combine(State, n)))];
        foreach ((string name, byte[] bytes) in names.Zip(before))
        {
            File.WriteAllBytes(Path.Combine(State, name), bytes);
        }

        // A folder that was not renamed does not count.
        Directory.CreateDirectory(Path.Combine(State, "epoch-002.partial"));
        Assert.Equal(1, store.Latest()!.Epoch);
        Assert.Equal(after, names.Select(n => File.ReadAllBytes(Path.Combine(State, n))));
    }

    private static FixedPool Pool(double[]? scores = null, string[]? texts = null) => new()
    {
        Rows = (scores ?? IterItExample.Scores).Length,
        Columns = { ["ifd"] = new NumberData([.. scores ?? IterItExample.Scores]) },
        Answer = texts ?? IterItExample.Texts,
    };

    private static IfdStep Step(params string[] options)
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(
            options.Select(o => o.Split('=', 2)).Select(o => KeyValuePair.Create("Recipe:0:" + o[0], (string?)o[1])).Prepend(KeyValuePair.Create("Recipe:0:Step", (string?)"Ifd"))).Build();
        List<ConfigurationError> errors = [];
        IfdStep step = IfdStep.Create(new StepReading(configuration.GetSection("Recipe:0"), ".", null!, errors));
        Assert.Empty(errors);
        return step;
    }
}
