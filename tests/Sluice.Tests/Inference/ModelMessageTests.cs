using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Inference;
using Sluice.Inference.Tokenization;
using Sluice.Onnx;
using Sluice.Tests.Onnx;

namespace Sluice.Tests.Inference;

/// <summary>What a user reads who brings a model with a mistake in it: the whole sentences, as <c>sluice models check</c> prints them.</summary>
public sealed class ModelMessageTests : IDisposable
{
    private readonly TestModels _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public void Open_BrokenTokenizer_NamesFilePlaceFoundAndExpected()
    {
        _models.WriteTagger("tagger");
        WriteTokenizer("tagger", """{"version":"1.0","normalizer":{"type":"NFKX"},"model":{"type":"WordLevel","unk_token":"u","vocab":{"u":0}}}""");
        using var runtime = new OnnxRuntime();
        ModelException fault = Assert.Throws<ModelException>(() => new ModelCatalog(_models.Root, runtime, _models.Options, TokenizerFile.Load).Open("tagger"));
        string message = Assert.Single(fault.Errors);
        Assert.StartsWith($"Tokenizer file '{_models["tagger/tokenizer.json"]}': the tokenizer.normalizer is of type 'NFKX', which is not supported; expected one of BertNormalizer, ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_CutOffTokenizer_SaysWhereItBreaks()
    {
        _models.WriteTagger("tagger");
        WriteTokenizer("tagger", """{"version":"1.0","model":{"type":"WordPiece","vocab":{"a":""");
        using var runtime = new OnnxRuntime();
        ModelException fault = Assert.Throws<ModelException>(() => new ModelCatalog(_models.Root, runtime, _models.Options, TokenizerFile.Load).Open("tagger"));
        Assert.StartsWith($"Tokenizer file '{_models["tagger/tokenizer.json"]}' cannot be read as tokenizer.json: ", Assert.Single(fault.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_RenamedInput_NamesBothSides()
    {
        _models.Write("renamed", Sum("ids").Output("y", OnnxGraph.Float32, -1, 1), TestModels.Manifest("renamed", "regression", "y", 1, ["input_ids"]));
        Assert.Equal(
            [
                $"Found the input 'input_ids' in {_models["renamed/manifest.json"]}, expected one of ids as in model.onnx. Write the graph's name, and what it is fed as its 'role'.",
                $"Found no input 'ids' in {_models["renamed/manifest.json"]}, expected it (int64) as model.onnx needs it.",
            ],
            Faults("renamed").Select(message => message.Replace(" Did you mean 'ids'?", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Open_LabelListOneShort_NamesBothCounts()
    {
        _models.WriteTagger("tagger", manifest => manifest["labels"] = new JsonArray("code", "math"));
        Assert.Equal([$"Found 2 labels for 'labels' in {_models["tagger/manifest.json"]}, expected 3 as in 'output.width'."], Faults("tagger"));
    }

    [Fact]
    public void Open_WrongTypeAndShape_NamesBoth()
    {
        _models.Write("wrong", Sum("input_ids").Output("y", OnnxGraph.Float32, -1, 1), TestModels.Manifest("wrong", "embedding", "y", 4, ["input_ids"]), manifest =>
        {
            manifest["inputs"]![0]!["type"] = "int32";
            manifest["output"]!["type"] = "float16";
            manifest["pooling"] = "mean";
        });
        string manifest = _models["wrong/manifest.json"];
        Assert.Equal(
            [
                $"Found the type int32 for the input 'input_ids' in {manifest}, expected int64 as in model.onnx.",
                $"Found the type float16 for the output 'y' in {manifest}, expected float32 as in model.onnx.",
                $"Found the output 'y' of model.onnx to be [batch, 1], expected [batch, tokens, 4] as 'pooling' is mean in {manifest}.",
            ],
            Faults("wrong"));
    }

    [Fact]
    public void Open_OutputOfNaNs_SaysWhereAndWhatWasExpected()
    {
        Array.Fill(_models.Table, float.NaN);
        _models.WriteTagger("tagger");
        string message = Assert.Single(Faults("tagger"));
        Assert.Contains("NaN at position 0 of its output 'logits'", message, StringComparison.Ordinal);
        Assert.Contains("expected a finite number. Repair or replace the model.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_WrongExpectedValue_NamesPlaceLabelFoundExpectedAndRemedy()
    {
        double[] logits = _models.Logits([3, 4]);
        _models.WriteTagger("tagger", manifest => manifest["example"] = Example("w3 w4", logits[0], logits[1] + 0.5, logits[2]));
        string message = Describe("tagger");
        Assert.StartsWith(FormattableString.Invariant($"Found {(float)logits[1]:0.######} at position 1 (label 'math') for the example, expected {(float)(logits[1] + 0.5):0.######} within 0.01"), message, StringComparison.Ordinal);
        Assert.Contains($"'example.expected' in {_models["tagger/manifest.json"]}; 1 of 3 numbers are off.", message, StringComparison.Ordinal);
        Assert.Contains("restore it, or write the numbers found if the change is meant", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_RightOrNoExample_SaysSo()
    {
        _models.WriteTagger("right", manifest => manifest["example"] = Example("w3 w4", _models.Logits([3, 4])));
        _models.WriteTagger("none");
        Assert.StartsWith("the example differs by 0", Describe("right"), StringComparison.Ordinal);
        Assert.StartsWith($"Found no 'example' in {_models["none/manifest.json"]}, expected one", Describe("none"), StringComparison.Ordinal);
    }

    private static JsonObject Example(string text, params double[] expected) =>
        new() { ["text"] = text, ["expected"] = new JsonArray([.. expected.Select(number => (JsonNode)number)]), ["tolerance"] = 0.01 };

    private static OnnxGraph Sum(string input) => new OnnxGraph().Input(input, OnnxGraph.Int64, -1, -1).Constant("axis1", [1L], 1)
        .Node("Cast", [input], "x", ("to", OnnxGraph.Float32)).Node("ReduceSum", ["x", "axis1"], "y", ("keepdims", 1));

    private IReadOnlyList<string> Faults(string name) => Assert.Throws<ModelException>(() => _models.Open(name)).Errors;

    private string Describe(string name)
    {
        using TextModel model = _models.Open(name);
        return model.Check(CancellationToken.None).Describe(model.Manifest);
    }

    private void WriteTokenizer(string name, string json)
    {
        File.WriteAllText(_models[$"{name}/tokenizer.json"], json);
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(_models[$"{name}/manifest.json"]))!;
        manifest["tokenizer"]!["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
        File.WriteAllText(_models[$"{name}/manifest.json"], manifest.ToJsonString());
    }
}
