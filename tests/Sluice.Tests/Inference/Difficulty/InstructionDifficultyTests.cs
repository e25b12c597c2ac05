using Sluice.Inference;
using Sluice.Inference.Chat;
using Sluice.Inference.Difficulty;
using Sluice.Records;
using Sluice.Tests.Inference.Chat;

namespace Sluice.Tests.Inference.Difficulty;

/// <summary>Against a model whose every probability is plain arithmetic; its tokenizer knows words alone, so spans are easy to see.</summary>
public sealed class InstructionDifficultyTests : IDisposable
{
    private readonly CausalModels _models = new();
    private readonly TemporaryFolder _templates = new();

    public InstructionDifficultyTests()
    {
        Directory.CreateDirectory(_templates["templates"]);
        File.WriteAllText(_templates["templates/words.json"], """
            { "start": "w40 ", "system": "w41 {text} ", "first": "w42 {instruction} ", "firstWithInput": "w42 {instruction} w43 {input} ", "next": "w44 {text} ",
              "response": { "before": "w45 ", "after": " w46 " }, "direct": { "before": "w47 w48 ", "after": " w46 " } }
            """);
    }

    public void Dispose()
    {
        _models.Dispose();
        _templates.Dispose();
    }

    [Fact]
    public void Ratio_PublishedNumbers_AreThose()
    {
        // methods.md 3: token losses direct (2, 1, 3, 2), conditional (1.5, 0.5, 2.5, 1).
        Assert.Equal(0.6875, IfdDefinition.Cherry.Ratio(1.375, 2), 1e-12);
        Assert.Equal(0.535261429, IfdDefinition.Superfiltering.Ratio(1.375, 2), 1e-9);
        Assert.Equal(0.367879, IfdDefinition.IterIt.Ratio(1, 2), 1e-6);
        Assert.Equal((0.769231, 0.406570), (Math.Round(IfdDefinition.Cherry.Ratio(3.0, 3.9), 6), Math.Round(IfdDefinition.Superfiltering.Ratio(3.0, 3.9), 6)));
        Assert.True(double.IsNaN(IfdDefinition.Cherry.Ratio(1, 0)));
    }

    [Fact]
    public void Score_Cherry_LeavesOutTheDirectPrefix()
    {
        RowDifficulty row = Score(IfdDefinition.Cherry, 64, Alpaca("w3 w4", "w5", "w6 w7 w8"))[0];
        int[] conditional = [40, 42, 3, 4, 43, 5, 45, 6, 7, 8];
        int[] direct = [47, 48, 6, 7, 8];
        Check(row, _models.MeanLoss(conditional, 7, 10), _models.MeanLoss(direct, 2, 5), isPerplexity: false);
    }

    [Fact]
    public void Score_Superfiltering_ScoresTheDirectTextFromItsSecondToken()
    {
        ChatTemplate plain = ChatTemplateReader.Read(Path.Combine(Repository.Root, "models"), "plain");
        RowDifficulty row = Score(IfdDefinition.Superfiltering, 64, plain, Alpaca("w3 w4", "w5", "w6 w7 w8"))[0];
        Check(row, _models.MeanLoss([3, 4, 5, 6, 7, 8], 3, 6), _models.MeanLoss([6, 7, 8], 1, 3), isPerplexity: true);
    }

    [Fact]
    public void Score_IterIt_ScoresTheClosingToken()
    {
        RowDifficulty row = Score(IfdDefinition.IterIt, 64, Alpaca("w3 w4", null, "w6 w7 w8"))[0];
        Check(row, _models.MeanLoss([40, 42, 3, 4, 45, 6, 7, 8, 46], 5, 9), _models.MeanLoss([47, 48, 6, 7, 8, 46], 2, 6), isPerplexity: true);
    }

    [Fact]
    public void Score_LongRow_IsCutOnBothSides()
    {
        // Eight tokens: five of the instruction, three of the answer; the direct text may hold its two leading tokens and as many of the answer.
        RowDifficulty row = Score(IfdDefinition.Cherry, 8, Alpaca("w3 w4", null, "w6 w7 w8 w9 w10 w11"))[0];
        Check(row, _models.MeanLoss([40, 42, 3, 4, 45, 6, 7, 8], 5, 8), _models.MeanLoss([47, 48, 6, 7, 8], 2, 5), isPerplexity: false);
    }

    [Fact]
    public void Score_SeveralAnswers_AverageOverAllTheirTokens()
    {
        Turn[] turns =
        [
            new(Role.User, "w3".AsText()), new(Role.Assistant, "w5 w6".AsText()), new(Role.User, "w7".AsText()), new(Role.Assistant, "w8 w9 w10".AsText()),
        ];
        RowDifficulty row = Score(IfdDefinition.Cherry, 64, new Sample(new RowOrigin(0, 1, 0), default, turns, turns[0].Text))[0];
        int[] ids = [40, 42, 3, 45, 5, 6, 46, 44, 7, 45, 8, 9, 10];
        double conditional = ((_models.MeanLoss(ids, 4, 6) * 2) + (_models.MeanLoss(ids, 10, 13) * 3)) / 5;
        double direct = ((_models.MeanLoss([47, 48, 5, 6], 2, 4) * 2) + (_models.MeanLoss([47, 48, 8, 9, 10], 2, 5) * 3)) / 5;
        Check(row, conditional, direct, isPerplexity: false);
    }

    [Fact]
    public void Score_RowsWithoutAnAnswerThatFits_GetNone()
    {
        Sample duplicate = Alpaca("w3", null, "w4 w5");
        duplicate.DuplicateOf = 0;
        Sample question = new(new RowOrigin(0, 1, 0), default, [new Turn(Role.User, "w3".AsText())], "w3".AsText());
        Sample tooLong = Alpaca(string.Join(' ', Enumerable.Repeat("w3", 30)), null, "w4 w5");
        RowDifficulty[] rows = Score(IfdDefinition.Cherry, 16, duplicate, question, Alpaca("w3", null, ""), tooLong, Alpaca("w3", null, "w4 w5"));
        Assert.Equal([true, true, true, true, false], rows.Select(row => double.IsNaN(row.Ifd)));
        Assert.Equal(rows.Select(row => double.IsNaN(row.Ifd)), rows.Select(row => double.IsNaN(row.Direct)));
    }

    [Fact]
    public void Score_Batch_DoesNotDependOnItsNeighbours()
    {
        var random = new Random(4);
        Sample[] samples = [.. Enumerable.Range(0, 60).Select(_ => Alpaca(Words(random, 1, 12), random.Next(2) == 0 ? null : Words(random, 1, 5), Words(random, 1, 20)))];
        RowDifficulty[] together = Score(IfdDefinition.Cherry, 24, samples);
        for (int i = 0; i < samples.Length; i++)
        {
            RowDifficulty alone = Score(IfdDefinition.Cherry, 24, samples[i])[0];
            Assert.Equal(alone.Ifd, together[i].Ifd, 1e-6);
        }
    }

    private static string Words(Random random, int least, int most) => string.Join(' ', Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => $"w{random.Next(3, 40)}"));

    private static Sample Alpaca(string instruction, string? input, string answer) => ChatTemplateTests.Row(instruction, input, answer);

    private static void Check(RowDifficulty row, double conditional, double direct, bool isPerplexity)
    {
        Assert.Equal(conditional, row.Conditional, 1e-5);
        Assert.Equal(direct, row.Direct, 1e-5);
        Assert.Equal(isPerplexity ? Math.Exp(conditional - direct) : conditional / direct, row.Ifd, 1e-5);
    }

    private RowDifficulty[] Score(IfdDefinition definition, int maxTokens, params Sample[] samples) =>
        Score(definition, maxTokens, ChatTemplateReader.Read(_templates.Path, "words"), samples);

    private RowDifficulty[] Score(IfdDefinition definition, int maxTokens, ChatTemplate template, params Sample[] samples)
    {
        _models.WriteLogits("lm", maxTokens);
        using TextModel model = _models.Open("lm");
        return new InstructionDifficulty(model, template, definition).Score(samples, (row, reason) => Assert.Fail($"{row}: {reason}"), CancellationToken.None);
    }
}
