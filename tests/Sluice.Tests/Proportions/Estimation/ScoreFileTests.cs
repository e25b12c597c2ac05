using Sluice.Proportions;
using Sluice.Proportions.Estimation;

namespace Sluice.Tests.Proportions.Estimation;

public sealed class ScoreFileTests
{
    private const string Good = """
        trained,target,slice,score
        base,a,1,0.1
        base,b,1,0.2
        a,a,1,0.3
        a,b,1,0.4
        b,a,1,0.5
        b,b,1,0.6
        base,b,2,0.7
        a,b,2,0.8
        b,b,2,0.9
        """;

    [Fact]
    public void Parse_CompleteTable_ArrangesByTrainedTargetAndSlice()
    {
        MeasuredScores scores = Parse(Good);

        Assert.Equal([["1"], ["1", "2"]], scores.Slices);
        Assert.Equal([[0.1], [0.2, 0.7]], scores.BaseScores);
        Assert.Equal([0.4, 0.8], scores.Scores[0][1]);
        Assert.Equal([0.5], scores.Scores[1][0]);
    }

    [Fact]
    public void Parse_ColumnsInAnotherOrder_AreFoundByName()
    {
        MeasuredScores scores = Parse("score,note,slice,target,trained\n1,x,s,a,base\n2,,s,a,a\n", "a");

        Assert.Equal([1.0], scores.BaseScores[0]);
        Assert.Equal([2.0], scores.Scores[0][0]);
    }

    [Fact]
    public void Parse_ManyMistakes_AreAllToldWithTheirLines()
    {
        ScoreFileException exception = Assert.Throws<ScoreFileException>(() => Parse("""
            trained,target,slice,score
            base,a,1,much
            basis,a,1,0.1
            a,a,1,0.3
            a,a,1,0.3
            a,bb,1,0.4
            b,a,1
            b,b,1,
            b,b,,0.6
            a,b,2,NaN
            """));

        (int, string)[] expected =
        [
            (2, "Found the score 'much'"),
            (2, "no score of 'b' on 'a', slice '1'"),
            (3, "trained category 'basis', expected 'base' or one of the study's categories. Did you mean 'base'"),
            (5, "a second score of 'a' on 'a', slice '1'; the first is on line 4"),
            (6, "target category 'bb'"),
            (7, "Found 3 fields, expected 4"),
            (8, "Found the score ''"),
            (8, "no score of 'base' on 'b', slices '1', '2'"),
            (8, "no score of 'a' on 'b', slice '1'"),
            (9, "Found no slice"),
            (10, "Found the score 'NaN'"),
            (10, "no score of 'b' on 'b', slice '2'"),
        ];
        Assert.Equal(expected.Length, exception.Faults.Count);
        Assert.All(expected, e => Assert.Contains(exception.Faults, f => f.Line == e.Item1 && f.Message.Contains(e.Item2, StringComparison.Ordinal)));
        Assert.Contains("scores.csv, line 5: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ModelOrTargetThatIsNotThere_IsOneFaultEach()
    {
        ScoreFileException exception = Assert.Throws<ScoreFileException>(() => Parse("trained,target,slice,score\na,a,1,0.5\na,b,1,0.5\n", "a", "b", "c"));

        string[] expected = ["no score on 'c'", "no score of 'base', the model tuned on the base set alone", "model trained with 'b'", "model trained with 'c'"];
        Assert.Equal(expected.Length, exception.Faults.Count);
        Assert.All(expected.Zip(exception.Faults), p => Assert.Contains(p.First, p.Second.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_ColumnMissing_NamesThemAll() => Assert.Contains(
        "line 1: Found the columns trained, target, score, expected trained, target, slice, score",
        Assert.Throws<ScoreFileException>(() => Parse("trained,target,score\na,a,1\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_QuoteNotClosed_SaysTheLineAndTheColumns()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["s.csv"], "trained,target,slice,score\n\"a,a,1,1\n");

        Assert.Contains("line 2: a quote is opened", Assert.Throws<InvalidDataException>(() => ScoreFile.Read(folder["s.csv"], ["a"])).Message, StringComparison.Ordinal);
    }

    private static MeasuredScores Parse(string text, params string[] categories) =>
        ScoreFile.Parse(CsvTable.Read(new StringReader(text), "scores.csv"), categories.Length == 0 ? ["a", "b"] : categories);
}
