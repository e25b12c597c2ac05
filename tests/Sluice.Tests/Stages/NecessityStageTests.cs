using Sluice.Inference;
using Sluice.Records;
using Sluice.Stages;
using Sluice.Tests.Inference;

namespace Sluice.Tests.Stages;

public sealed class NecessityStageTests : IDisposable
{
    private readonly TestModels _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public void Process_RowsWithAResponse_GetTheScoreOfTheQuestionWithIt()
    {
        _models.WriteQuality("quality", manifest => manifest["text"] = "response");
        using TextModel model = _models.Open("quality");
        RowBatch batch = TestRows.Batch("w3", "w4", "w5", "w6");
        string?[] responses = ["w7 w8", null, "w9", ""];
        batch.Columns["response"] = new TextData(responses);
        NecessityStage stage = new(model, "respond 1");
        stage.Process(batch, default);
        double[] necessity = ((NumberData)batch.Columns["necessity"]).Values;
        Assert.Equal(responses.Select(text => text is null), necessity.Select(double.IsNaN));
        for (int row = 0; row < responses.Length; row++)
        {
            if (responses[row] is { } text)
            {
                Assert.Equal(_models.Logits(TestRows.Ids(text), 1)[0], necessity[row], 1e-5);
            }
        }

        Assert.NotEqual(stage.Fingerprint, new NecessityStage(model, "respond 2").Fingerprint);
        Assert.Equal(["response"], stage.Reads);
    }

    [Fact]
    public void Process_ResponseEqualToTheRowsOwnAnswer_ScoresAsQualityDoes()
    {
        _models.WriteQuality("quality", manifest => manifest["text"] = "conversation");
        using TextModel model = _models.Open("quality");
        RowBatch batch = TestRows.Batch(TestRows.RandomTexts(20, 6, 31));
        batch.Columns["response"] = new TextData([.. batch.Samples.Select(sample => sample.Turns[^1].Text.ToString())]);
        new ScoreStage("quality", model, QualityStageOptions.SectionName, eachTurn: false).Process(batch, default);
        new NecessityStage(model, "").Process(batch, default);
        double[] quality = ((NumberData)batch.Columns["quality"]).Values;
        double[] necessity = ((NumberData)batch.Columns["necessity"]).Values;
        for (int row = 0; row < quality.Length; row++)
        {
            // A row that asks nothing has no necessity.
            Assert.Equal(batch.Samples[row].Turns[0].Text.IsEmpty ? double.NaN : quality[row], necessity[row], 1e-5);
        }
    }

    [Fact]
    public void Process_NoResponseAtAll_IsAllAbsent()
    {
        _models.WriteQuality("quality");
        using TextModel model = _models.Open("quality");
        RowBatch batch = TestRows.Batch("w3", "w4");
        batch.Columns["response"] = new TextData([null, null]);
        new NecessityStage(model, "").Process(batch, default);
        Assert.Equal([double.NaN, double.NaN], ((NumberData)batch.Columns["necessity"]).Values);
    }
}
