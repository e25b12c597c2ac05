using System.Text.Json.Nodes;
using Sluice.Inference;
using Sluice.Inference.Manifests;
using Sluice.Inference.TextViews;

namespace Sluice.Tests.Inference.Manifests;

public sealed class ManifestReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _path;
    private readonly JsonObject _json = TestModels.Manifest("tagger", "classification", "logits", 2, ["input_ids", "attention_mask"]);

    public ManifestReaderTests()
    {
        _path = _folder["manifest.json"];
        _json["labels"] = new JsonArray("a", "b");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Complete_HoldsEveryKey()
    {
        _json["multiLabel"] = true;
        _json["threshold"] = 0.25;
        _json["text"] = "pair";
        _json["example"] = JsonNode.Parse("""{"text":"q","pair":"r","expected":[0.5,-1],"tolerance":0.01}""");
        ModelManifest manifest = Read();
        Assert.Equal(("tagger", "1", ModelTask.Classification, TextView.Pair, 16), (manifest.Name, manifest.Version, manifest.Task, manifest.Text, manifest.MaxTokens));
        Assert.Equal([new ModelInput("input_ids", TensorType.Int64, InputRole.Ids), new ModelInput("attention_mask", TensorType.Int64, InputRole.Mask)], manifest.Inputs);
        Assert.Equal(new ModelOutput("logits", TensorType.Float32, 2), manifest.Output);
        Assert.Equal(["a", "b"], manifest.Labels);
        Assert.Equal((true, 0.25, "CC0-1.0", Pooling.None, false), (manifest.MultiLabel, manifest.Threshold, manifest.Licence, manifest.Pooling, manifest.Normalize));
        Assert.Equal(("q", "r", 0.01), (manifest.Example!.Text, manifest.Example.Pair, manifest.Example.Tolerance));
        Assert.Equal([0.5f, -1f], manifest.Example.Expected);
        Assert.Equal(_folder["model.onnx"], manifest.ModelPath);
    }

    [Fact]
    public void Read_OptionalKeysAbsent_TakesDefaults()
    {
        _json.Remove("maxTokens");
        _json.Remove("licence");
        ModelManifest manifest = Read();
        Assert.Equal((256, 0.5, "", false), (manifest.MaxTokens, manifest.Threshold, manifest.Licence, manifest.MultiLabel));
        Assert.Null(manifest.Example);
    }

    [Fact]
    public void Read_ManyFaults_NamesThemAll()
    {
        _json["task"] = "clasification";
        _json["maxTokens"] = 0;
        _json["treshold"] = 0.5;
        _json["model"]!["sha256"] = "abc";
        _json["inputs"]![1]!["type"] = "float64";
        _json.Remove("version");
        ModelException fault = Assert.Throws<ModelException>(Read);
        Assert.Equal(6, fault.Errors.Count);
        Assert.Contains($"Found \"clasification\" for 'task' in {_path}, expected one of classification, regression, embedding.", fault.Errors);
        Assert.Contains($"Found 0 for 'maxTokens' in {_path}, expected a whole number from 1 to 1048576.", fault.Errors);
        Assert.Contains(fault.Errors, error => error.StartsWith($"Found the unknown key 'treshold' in {_path}", StringComparison.Ordinal) && error.EndsWith("Did you mean 'threshold'?", StringComparison.Ordinal));
        Assert.Contains($"Found 'abc' for 'model.sha256' in {_path}, expected 64 hexadecimal digits.", fault.Errors);
        Assert.Contains($"Found \"float64\" for 'inputs[1].type' in {_path}, expected one of int64, int32, float32.", fault.Errors);
        Assert.Contains($"Found no 'version' in {_path}, expected a text that is not empty.", fault.Errors);
    }

    [Theory]
    [InlineData("labels", "[\"a\"]", "Found 1 labels for 'labels'")]
    [InlineData("labels", "[\"a\",\"a\"]", "a label twice")]
    [InlineData("labels", "[\"a\",\" \"]", "an empty label")]
    [InlineData("labels", "[\"a\",3]", "expected a list of texts")]
    [InlineData("task", "\"embedding\"", "expected none, as 'task' is not classification")]
    [InlineData("task", "\"regression\"", "expected 1, as 'task' is regression")]
    [InlineData("pooling", "\"mean\"", "expected none, as 'task' is not embedding")]
    [InlineData("normalize", "true", "expected false, as 'task' is not embedding")]
    [InlineData("threshold", "1.5", "expected a number from 0 to 1")]
    [InlineData("inputs", "[]", "expected a list of at least one object")]
    [InlineData("inputs", "[{\"name\":\"attention_mask\",\"type\":\"int64\"}]", "expected input_ids once")]
    [InlineData("inputs", "[{\"name\":\"input_ids\",\"type\":\"float32\"}]", "only an attention_mask may be float32")]
    [InlineData("inputs", "[{\"name\":\"ids\",\"type\":\"int64\"}]", "expected one of input_ids, attention_mask, token_type_ids")]
    [InlineData("model", "{\"file\":\"../model.onnx\",\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\"}", "expected a file inside the model's folder")]
    [InlineData("example", "{\"text\":\"q\",\"expected\":[1,2,3]}", "expected at most 2 as in 'output.width'")]
    [InlineData("example", "{\"text\":\"q\",\"pair\":\"r\",\"expected\":[1]}", "expected none, as 'text' is not pair")]
    [InlineData("example", "{\"text\":\"q\",\"expected\":[]}", "expected a list of at least one number")]
    [InlineData("name", "\"\"", "expected a text that is not empty")]
    [InlineData("name", "7", "Found 7 for 'name'")]
    public void Read_OneFault_NamesKeyFoundAndExpected(string key, string value, string expected)
    {
        _json[key] = JsonNode.Parse(value);
        ModelException fault = Assert.Throws<ModelException>(Read);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.All(fault.Errors, error => Assert.Contains(_path, error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{", "is not valid JSON")]
    [InlineData("[1]", "expected a JSON object")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}", "is not valid JSON")]
    public void Read_NoObject_SaysSo(string text, string expected)
    {
        File.WriteAllText(_path, text);
        Assert.Contains(expected, Assert.Throws<ModelException>(() => ManifestReader.Read(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoFile_SaysSo() => Assert.Contains("could not be read", Assert.Throws<ModelException>(() => ManifestReader.Read(_folder["no.json"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Fingerprint_OnlyWhatChangesAnswers_Counts()
    {
        string before = Read().Fingerprint();
        _json["name"] = "other";
        _json["version"] = "2";
        _json["licence"] = "MIT";
        Assert.Equal(before, Read().Fingerprint());
        var seen = new HashSet<string> { before };
        foreach ((string key, string value) in new[]
        {
            ("maxTokens", "17"), ("threshold", "0.6"), ("text", "\"prompt\""), ("labels", "[\"b\",\"a\"]"), ("multiLabel", "true"), ("labels", "[\"ab\",\"c\"]"),
            ("inputs", "[{\"name\":\"input_ids\",\"type\":\"int64\"}]"),
            ("tokenizer", "{\"file\":\"tokenizer.json\",\"sha256\":\"1111111111111111111111111111111111111111111111111111111111111111\"}"),
        })
        {
            _json[key] = JsonNode.Parse(value);
            Assert.True(seen.Add(Read().Fingerprint()), key);
        }
    }

    private ModelManifest Read()
    {
        File.WriteAllText(_path, _json.ToJsonString());
        return ManifestReader.Read(_path);
    }
}
