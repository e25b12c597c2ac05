using Sluice.Inference;
using Sluice.Records;
using Sluice.Stages;
using Sluice.Tests.Inference;

namespace Sluice.Tests.Stages;

public sealed class ModelStageTests : IDisposable
{
    private readonly TestModels _models = new();

    public void Dispose() => _models.Dispose();

    [Theory]
    [InlineData(true, 0.5)]
    [InlineData(true, 0.2)]
    [InlineData(true, 1.0)]
    [InlineData(true, 0.0)]
    [InlineData(false, 0.5)]
    public void Tag_RandomRows_FollowsTheLogits(bool multiLabel, double threshold)
    {
        _models.WriteTagger("tagger", manifest =>
        {
            manifest["multiLabel"] = multiLabel;
            manifest["threshold"] = threshold;
        });
        using TextModel model = _models.Open("tagger");
        string[] texts = TestRows.RandomTexts(80, 12, 21);
        RowBatch batch = TestRows.Batch(texts);
        new TagStage(model).Process(batch, CancellationToken.None);
        string?[] categories = ((TextData)batch.Columns["category"]).Values;
        string[]?[] tags = ((TextListData)batch.Columns["tags"]).Values;
        string[] labels = ["code", "math", "chat"];
        for (int row = 0; row < texts.Length; row++)
        {
            double[] logits = [.. _models.Logits(TestRows.Ids(texts[row]))];
            string primary = labels[Array.IndexOf(logits, logits.Max())];
            string[] reached = [.. labels.Where((_, i) => 1 / (1 + Math.Exp(-logits[i])) >= threshold)];
            Assert.Equal(primary, categories[row]);
            Assert.Equal(multiLabel && reached.Length > 0 ? reached : [primary], tags[row]);
        }

        Assert.True(categories.Distinct().Count() > 1, "the test data should reach more than one label");
    }

    [Fact]
    public void Tag_Ties_GoToTheFirstLabel()
    {
        _models.Weights = [.. Enumerable.Range(0, 12).Select(i => i % 3 == 0 ? -1f : 1f)];
        for (int i = 0; i < TestModels.Width; i++)
        {
            _models.Table[(5 * TestModels.Width) + i] = 1;
        }

        _models.WriteTagger("tagger");
        using TextModel model = _models.Open("tagger");
        RowBatch batch = TestRows.Batch("w5");
        new TagStage(model).Process(batch, CancellationToken.None);
        Assert.Equal("math", Assert.Single(((TextData)batch.Columns["category"]).Values));
        Assert.Equal([["math", "chat"]], ((TextListData)batch.Columns["tags"]).Values);
    }

    [Fact]
    public void Quality_Rows_GetTheModelsNumber()
    {
        _models.WriteQuality("quality");
        using TextModel model = _models.Open("quality");
        string[] texts = TestRows.RandomTexts(30, 12, 22);
        RowBatch batch = TestRows.Batch(texts);
        new ScoreStage("quality", model, QualityStageOptions.SectionName, eachTurn: false).Process(batch, CancellationToken.None);
        double[] quality = ((NumberData)batch.Columns["quality"]).Values;
        for (int row = 0; row < texts.Length; row++)
        {
            Assert.Equal(_models.Logits(TestRows.Ids(texts[row]), 1)[0], quality[row], 1e-5);
        }
    }

    [Fact]
    public void Score_EachTurn_GivesANumberForEveryQuestionWithItsAnswer()
    {
        _models.WriteQuality("quality", manifest => manifest["text"] = "conversation");
        using TextModel model = _models.Open("quality");
        Turn[] turns =
        [
            new(Role.System, "w3".AsText()), new(Role.User, "w4".AsText()), new(Role.Assistant, "w5".AsText()), new(Role.Assistant, "w6".AsText()),
            new(Role.User, "w7".AsText()), new(Role.Assistant, "w8".AsText()), new(Role.User, "w9".AsText()),
        ];
        Sample duplicate = new(new RowOrigin(0, 2, 0), default, turns, turns[1].Text) { DuplicateOf = 0 };
        RowBatch batch = new() { Sequence = 0, Rejections = [], Samples = [new Sample(new RowOrigin(0, 1, 0), default, turns, turns[1].Text), duplicate] };
        var stage = new ScoreStage("complexity", model, ComplexityStageOptions.SectionName, eachTurn: true);
        stage.Process(batch, CancellationToken.None);
        double[]?[] scores = ((NumberListData)batch.Columns["complexity"]).Values;
        int[][] expected = [[3, 4, 5, 6], [7, 8], [9]];
        Assert.Equal(3, scores[0]!.Length);
        Assert.All(expected.Zip(scores[0]!), pair => Assert.Equal(_models.Logits(pair.First, 1)[0], pair.Second, 1e-5));
        Assert.Null(scores[1]);
        Assert.NotEqual(stage.Fingerprint, new ScoreStage("complexity", model, ComplexityStageOptions.SectionName, eachTurn: false).Fingerprint);
    }

    [Fact]
    public void Ifd_Rows_GetTheirLossesBesideTheRatio()
    {
        using CausalModels causal = new();
        causal.WriteLogits("lm");
        using TextModel model = causal.Open("lm");
        RowBatch batch = TestRows.Batch("w3 w4", "w6 w7");
        batch.Samples[1].DuplicateOf = 0;
        Sample longer = new(new RowOrigin(0, 3, 0), default, [new Turn(Role.User, "w8".AsText()), new Turn(Role.Assistant, "w9 w10".AsText())], "w8".AsText());
        batch = new() { Sequence = 0, Rejections = [], Samples = [batch.Samples[0], batch.Samples[1], longer] };
        var stage = new IfdStage(model, Sluice.Inference.Chat.ChatTemplateReader.Read(Repository.Models, "plain"), Sluice.Inference.Difficulty.IfdDefinition.Superfiltering);
        stage.Process(batch, CancellationToken.None);
        double[] Column(string name) => ((NumberData)batch.Columns[name]).Values;
        // The first row's answer is one token: alone it has no loss.
        Assert.Equal([true, true, false], Column("ifd").Select(double.IsNaN));
        Assert.Equal((causal.Loss(8, 9) + causal.Loss(9, 10)) / 2, Column("loss_conditional")[2], 1e-5);
        Assert.Equal(causal.Loss(9, 10), Column("loss_direct")[2], 1e-5);
        Assert.Equal(Math.Exp(Column("loss_conditional")[2] - Column("loss_direct")[2]), Column("ifd")[2], 1e-9);
        ModelException fault = Assert.Throws<ModelException>(() => new ScoreStage("quality", model, QualityStageOptions.SectionName, eachTurn: false));
        Assert.Contains("Found the task perplexity", fault.Message, StringComparison.Ordinal);
        Assert.Contains("expected regression or token-probability", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Embed_Rows_GetTheirVectors()
    {
        _models.WriteTokenVectors("embedder", "mean", manifest => manifest["text"] = "conversation");
        using TextModel model = _models.Open("embedder");
        string[] texts = TestRows.RandomTexts(30, 12, 23);
        RowBatch batch = TestRows.Batch(texts);
        new EmbedStage(model).Process(batch, CancellationToken.None);
        var vectors = (VectorData)batch.Columns["embedding"];
        Assert.Equal((30, TestModels.Width), (vectors.Count, vectors.Width));
        for (int row = 0; row < texts.Length; row++)
        {
            double[] expected = _models.MeanVector([.. TestRows.Ids(texts[row]), (row % 20) + 3]);
            for (int i = 0; i < TestModels.Width; i++)
            {
                Assert.Equal(expected[i], vectors.Values[(row * TestModels.Width) + i], 1e-5);
            }
        }
    }

    [Fact]
    public void Process_Duplicates_AreNotScored()
    {
        _models.WriteTagger("tagger");
        _models.WriteQuality("quality");
        _models.WriteTokenVectors("embedder", "mean");
        using TextModel tagger = _models.Open("tagger");
        using TextModel quality = _models.Open("quality");
        using TextModel embedder = _models.Open("embedder");
        // An id no graph knows: scoring the duplicates would fail.
        RowBatch batch = TestRows.Batch("w3", "w999", "w4", "w3");
        batch.Samples[1].DuplicateOf = 0;
        new TagStage(tagger).Process(batch, CancellationToken.None);
        new ScoreStage("quality", quality, QualityStageOptions.SectionName, eachTurn: false).Process(batch, CancellationToken.None);
        // Found to repeat only after its tokens were made.
        batch.Samples[3].DuplicateOf = 0;
        new EmbedStage(embedder).Process(batch, CancellationToken.None);
        Assert.Equal([false, true, false, false], ((TextData)batch.Columns["category"]).Values.Select(value => value is null));
        Assert.Equal([false, true, false, false], ((TextListData)batch.Columns["tags"]).Values.Select(value => value is null));
        Assert.Equal([false, true, false, false], ((NumberData)batch.Columns["quality"]).Values.Select(double.IsNaN));
        Assert.Equal([false, true, false, true], ((VectorData)batch.Columns["embedding"]).Values.Chunk(TestModels.Width).Select(vector => vector.All(float.IsNaN)));
    }

    [Fact]
    public void Process_NoRows_AddsEmptyColumns()
    {
        _models.WriteTagger("tagger");
        using TextModel model = _models.Open("tagger");
        RowBatch batch = TestRows.Batch();
        new TagStage(model).Process(batch, CancellationToken.None);
        Assert.Equal([0, 0], batch.Columns.Values.Select(column => column.Count));
    }

    [Fact]
    public void Fingerprint_SameModel_IsTheSame_OtherModelOrStageDiffers()
    {
        _models.WriteTagger("tagger");
        _models.WriteTagger("strict", manifest => manifest["threshold"] = 0.9);
        using TextModel first = _models.Open("tagger");
        using TextModel again = _models.Open("tagger");
        using TextModel strict = _models.Open("strict");
        Assert.Equal(new TagStage(first).Fingerprint, new TagStage(again).Fingerprint);
        Assert.NotEqual(new TagStage(first).Fingerprint, new TagStage(strict).Fingerprint);
    }

    [Fact]
    public void Constructor_ModelOfAnotherTask_NamesTheOption()
    {
        _models.WriteQuality("quality");
        using TextModel model = _models.Open("quality");
        ModelException fault = Assert.Throws<ModelException>(() => new TagStage(model));
        Assert.Contains("Found the task regression in", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Name another model as Stages:Tag:Model", fault.Message, StringComparison.Ordinal);
    }
}
