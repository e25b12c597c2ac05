using System.Text.Json.Nodes;
using Sluice.Inference;
using Sluice.Inference.Answers;
using Sluice.Inference.Tokenization;
using Sluice.Tests.Onnx;

namespace Sluice.Tests.Inference;

public sealed class CausalModelTests : IDisposable
{
    private readonly CausalModels _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public void Score_Texts_GivesTheMeanLoss()
    {
        _models.WriteLogits("lm");
        using TextModel model = _models.Open("lm");
        string[] texts = [.. TestRows.RandomTexts(40, 30, 6).Select(text => "w3 w4 " + text)];
        float[] losses = model.Score(TestRows.Memories(texts), CancellationToken.None);
        for (int row = 0; row < texts.Length; row++)
        {
            int[] ids = TestRows.Ids(texts[row], 64);
            Assert.Equal(_models.MeanLoss(ids, 1, ids.Length), losses[row], 1e-5);
        }
    }

    [Fact]
    public void MeanLosses_SeveralSpans_AverageOverTheirTokens()
    {
        _models.WriteLogits("lm");
        using TextModel model = _models.Open("lm");
        int[] ids = [3, 9, 12, 5, 44, 7, 8];
        TokenBuffer buffer = new();
        buffer.Add(ids, 0);
        using var tokens = new TokenizedRows(buffer, [7]);
        float[] losses = model.MeanLosses(tokens, [[new TokenSpan(0, 2), new TokenSpan(4, 99)]], (_, reason) => Assert.Fail(reason), CancellationToken.None);
        double expected = (_models.Loss(3, 9) + _models.Loss(5, 44) + _models.Loss(44, 7) + _models.Loss(7, 8)) / 4;
        Assert.Equal(expected, Assert.Single(losses), 1e-5);
    }

    [Fact]
    public void Score_GraphThatGivesLosses_IsReadAsItIs()
    {
        // The "loss" of a token is its id over ten.
        _models.Models.Write(
            "losses",
            new OnnxGraph().Input("input_ids", OnnxGraph.Int64, -1, -1).Constant("ten", [10f]).Node("Cast", ["input_ids"], "x", ("to", OnnxGraph.Float32))
                .Node("Div", ["x", "ten"], "losses").Output("losses", OnnxGraph.Float32, -1, -1),
            TestModels.Manifest("losses", "perplexity", "losses", 1, ["input_ids"]), manifest =>
            {
                manifest["text"] = "conversation";
                manifest["output"] = JsonNode.Parse("""{"name":"losses","type":"float32","kind":"losses"}""");
                manifest["batchTokens"] = 8;
                manifest["example"] = JsonNode.Parse("""{"text":"w3 w10 w20","expected":[0, 1, 2],"tolerance":0.00001}""");
            });
        using TextModel model = _models.Open("losses");
        Assert.Equal([1.5f, 4f], model.Score(TestRows.Memories(["w3 w10 w20", "w9 w40"]), CancellationToken.None));
        ModelCheck check = model.Check(CancellationToken.None);
        Assert.True(check.Passed, $"{check.MaxDifference}");
    }

    [Fact]
    public void Check_CausalModel_ComparesTheLossOfEachToken()
    {
        _models.WriteLogits("lm", change: manifest => manifest["example"] = new JsonObject
        {
            ["text"] = "w3 w4 w5",
            ["expected"] = new JsonArray(0, _models.Loss(3, 4), _models.Loss(4, 5)),
            ["tolerance"] = 0.0001,
        });
        using TextModel model = _models.Open("lm");
        Assert.True(model.Check(CancellationToken.None).Passed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TokenProbability_DeitasGolden_GivesTheExpectation(bool lastOnly)
    {
        // methods.md 5.2: logits (1, 2, 3, 2.5, 0, -1) of the digits 1 to 6 after the last token; the rest of the vocabulary counts for nothing.
        float[] table = new float[TestModels.Vocabulary * TestModels.Vocabulary];
        float[] logits = [1, 2, 3, 2.5f, 0, -1];
        Array.Fill(table, 9f);
        logits.CopyTo(table, (7 * TestModels.Vocabulary) + 11);
        OnnxGraph graph = new OnnxGraph().Input("input_ids", OnnxGraph.Int64, -1, -1).Constant("table", table, TestModels.Vocabulary, TestModels.Vocabulary);
        graph = lastOnly
            ? graph.Constant("axis1", [1L], 1).Constant("zero", [0L]).Constant("seven", [7L]).Node("ReduceSum", ["input_ids", "axis1"], "sum", ("keepdims", 0))
                .Node("Mul", ["sum", "zero"], "none").Node("Add", ["none", "seven"], "last").Node("Gather", ["table", "last"], "logits").Output("logits", OnnxGraph.Float32, -1, TestModels.Vocabulary)
            : graph.Node("Gather", ["table", "input_ids"], "logits").Output("logits", OnnxGraph.Float32, -1, -1, TestModels.Vocabulary);
        _models.Models.Write("deita", graph, TestModels.Manifest("deita", "token-probability", "logits", TestModels.Vocabulary, ["input_ids"]), manifest =>
        {
            manifest["output"]!["kind"] = "logits";
            manifest["text"] = "template";
            manifest["template"] = "w3 {instruction} w7";
            manifest["choices"] = JsonNode.Parse("""[{"token":"w11","value":1},{"token":"w12","value":2},{"id":13,"value":3},{"id":14,"value":4},{"id":15,"value":5},{"id":16,"value":6}]""");
        });
        using TextModel model = _models.Open("deita");
        Assert.Equal(1, model.Width);
        float[] scores = new float[2];
        model.Score(TestRows.Batch("w4", "w5 w6 w2"), scores, CancellationToken.None);
        Assert.All(scores, score => Assert.Equal(3.0562489670215816, score, 1e-6));
    }

    [Fact]
    public void TokenProbability_UnknownAnswer_IsRefused()
    {
        _models.WriteLogits("lm", change: manifest =>
        {
            manifest["task"] = "token-probability";
            manifest["choices"] = JsonNode.Parse("""[{"token":"one","value":1},{"token":"w4","value":2}]""");
        });
        ModelException fault = Assert.Throws<ModelException>(() => _models.Open("lm"));
        Assert.Contains("Found the answer 'one' under 'choices'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_PositionIds_CountFromTheFirstToken()
    {
        _models.Models.Write(
            "positions",
            new OnnxGraph().Input("input_ids", OnnxGraph.Int64, -1, -1).Input("position_ids", OnnxGraph.Int64, -1, -1).Constant("axis1", [1L], 1)
                .Node("Mul", ["input_ids", "position_ids"], "x").Node("ReduceSum", ["x", "axis1"], "sum", ("keepdims", 1)).Node("Cast", ["sum"], "y", ("to", OnnxGraph.Float32))
                .Output("y", OnnxGraph.Float32, -1, 1),
            TestModels.Manifest("positions", "regression", "y", 1, ["input_ids", "position_ids"]));
        using TextModel model = _models.Open("positions");
        // Padding has id 0 here, so that its positions do not show.
        Assert.Equal([(5 * 1) + (6 * 2), 0f], model.Score(TestRows.Memories(["w9 w5 w6", "w8"]), CancellationToken.None));
    }

    [Fact]
    public void Open_GraphWithACache_SaysHowToExport()
    {
        _models.Models.Write(
            "cached",
            new OnnxGraph().Input("input_ids", OnnxGraph.Int64, -1, -1).Input("past_key_values.0.key", OnnxGraph.Float32, -1, -1).Input("past_key_values.0.value", OnnxGraph.Float32, -1, -1)
                .Constant("table", _models.Logits, TestModels.Vocabulary, TestModels.Vocabulary)
                .Node("Gather", ["table", "input_ids"], "logits").Output("logits", OnnxGraph.Float32, -1, -1, TestModels.Vocabulary),
            TestModels.Manifest("cached", "perplexity", "logits", TestModels.Vocabulary, ["input_ids"]), manifest =>
            {
                manifest["text"] = "conversation";
                manifest["output"]!["kind"] = "logits";
            });
        ModelException fault = Assert.Throws<ModelException>(() => _models.Open("cached"));
        Assert.Contains("--task text-generation", Assert.Single(fault.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void MeanLosses_ModelOfAnotherTask_IsABug()
    {
        _models.Models.WriteQuality("quality");
        using TextModel model = _models.Open("quality");
        TokenBuffer buffer = new();
        using var tokens = new TokenizedRows(buffer, []);
        Assert.Throws<InvalidOperationException>(() => model.MeanLosses(tokens, [], (_, _) => { }, CancellationToken.None));
    }
}
