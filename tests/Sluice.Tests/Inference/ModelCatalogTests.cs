using System.Text.Json.Nodes;
using Sluice.Inference;
using Sluice.Inference.TextViews;
using Sluice.Tests.Onnx;

namespace Sluice.Tests.Inference;

public sealed class ModelCatalogTests : IDisposable
{
    private readonly TestModels _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public void Names_FoldersWithManifests_AreListedInOrder()
    {
        _models.WriteTagger("tagger");
        _models.WriteQuality("quality");
        Directory.CreateDirectory(_models["empty"]);
        Assert.Equal(["quality", "tagger"], _models.Catalog().Names);
    }

    [Theory]
    [InlineData("tager", "Did you mean 'tagger'?")]
    [InlineData("../tagger", "expected '../tagger'")]
    public void Open_Absent_ListsWhatIsThere(string name, string expected)
    {
        _models.WriteTagger("tagger");
        _models.WriteQuality("quality");
        ModelException fault = Assert.Throws<ModelException>(() => _models.Open(name));
        Assert.Contains($"Found the models quality, tagger in {_models.Root}", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AnotherText_IsReadAndChangesTheFingerprint()
    {
        _models.WriteTagger("tagger");
        using TextModel own = _models.Catalog().Open("tagger");
        using TextModel other = _models.Catalog().Open("tagger", TextView.Response);
        Assert.Equal(TextView.Response, other.Manifest.Text);
        Assert.NotEqual(own.Fingerprint, other.Fingerprint);
    }

    [Fact]
    public void Open_NoDirectory_SaysSo()
    {
        Directory.CreateDirectory(_models["x"]);
        Assert.Contains("Found no models in", Assert.Throws<ModelException>(() => _models.Open("tagger")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WrongLabelCount_SaysWhereItComesFrom()
    {
        _models.WriteTagger("tagger", manifest =>
        {
            manifest["labels"] = new JsonArray("code", "math");
            manifest["output"]!["width"] = 2;
        });
        ModelException fault = Assert.Throws<ModelException>(() => _models.Open("tagger"));
        Assert.Equal([$"Found 2 labels in {_models["tagger/manifest.json"]}, expected 3 as the output 'logits' of model.onnx is [batch, 3]."], fault.Errors);
    }

    [Fact]
    public void Open_ChangedFiles_NamesBothHashes()
    {
        _models.WriteTagger("tagger");
        File.AppendAllText(_models["tagger/tokenizer.json"], "x");
        File.Delete(_models["tagger/model.onnx"]);
        ModelException fault = Assert.Throws<ModelException>(() => _models.Open("tagger"));
        Assert.Equal(2, fault.Errors.Count);
        Assert.Contains("expected it as 'model.file'", fault.Errors[0], StringComparison.Ordinal);
        Assert.Contains("as 'tokenizer.sha256'", fault.Errors[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OtherInputsAndOutput_NamesEach()
    {
        _models.WriteTagger("tagger", manifest =>
        {
            manifest["inputs"] = JsonNode.Parse("""[{"name":"input_ids","type":"int32"},{"name":"token_type_ids","type":"int64"}]""");
            manifest["output"]!["name"] = "logit";
        });
        ModelException fault = Assert.Throws<ModelException>(() => _models.Open("tagger"));
        Assert.Equal(4, fault.Errors.Count);
        Assert.Contains(fault.Errors, error => error.Contains("Found the type int32 for the input 'input_ids'", StringComparison.Ordinal) && error.Contains("expected int64", StringComparison.Ordinal));
        Assert.Contains(fault.Errors, error => error.Contains("Found the input 'token_type_ids'", StringComparison.Ordinal) && error.Contains("expected one of input_ids, attention_mask", StringComparison.Ordinal));
        Assert.Contains(fault.Errors, error => error.Contains("Found no input 'attention_mask'", StringComparison.Ordinal));
        Assert.Contains(fault.Errors, error => error.Contains("Found the output 'logit'", StringComparison.Ordinal) && error.Contains("Did you mean 'logits'?", StringComparison.Ordinal));
    }

    [Fact]
    public void Open_FixedDimensions_AreRefused()
    {
        _models.Write("fixed", new OnnxGraph().Input("input_ids", OnnxGraph.Int64, 1, 128).Node("Cast", ["input_ids"], "y", ("to", OnnxGraph.Float32))
            .Output("y", OnnxGraph.Float32, 1, 128), TestModels.Manifest("fixed", "embedding", "y", 128, ["input_ids"]));
        Assert.Contains("to be [1, 128], expected [batch, tokens], both open", Assert.Throws<ModelException>(() => _models.Open("fixed")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PoolingForRowVectors_NamesBothShapes()
    {
        _models.WriteTokenVectors("embedder", "none");
        Assert.Contains("to be [batch, tokens, 4], expected [batch, 4] as 'pooling' is none", Assert.Throws<ModelException>(() => _models.Open("embedder")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TokenIdsBeyondTheTable_FailsAtOnce()
    {
        _models.WriteTagger("tagger", manifest => manifest["example"] = JsonNode.Parse("""{"text":"w1000","expected":[1]}"""));
        ModelException fault = Assert.Throws<ModelException>(() => _models.Open("tagger"));
        Assert.Contains("tokenizer and graph may not belong together", fault.Message, StringComparison.Ordinal);
        Assert.Contains("idx=1000", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_BrokenTokenizerAndGraph_NamesBoth()
    {
        _models.WriteTagger("tagger");
        string folder = _models["tagger"];
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), "nothing");
        File.WriteAllText(Path.Combine(folder, "model.onnx"), "nothing");
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json")))!;
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("nothing"u8));
        manifest["model"]!["sha256"] = hash;
        manifest["tokenizer"]!["sha256"] = hash;
        File.WriteAllText(Path.Combine(folder, "manifest.json"), manifest.ToJsonString());
        ModelException fault = Assert.Throws<ModelException>(() => _models.Open("tagger"));
        Assert.Equal(2, fault.Errors.Count);
    }
}
