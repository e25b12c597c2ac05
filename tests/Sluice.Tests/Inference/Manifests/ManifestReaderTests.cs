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
        Assert.Contains($"Found \"clasification\" for 'task' in {_path}, expected one of classification, regression, embedding, token-probability, perplexity.", fault.Errors);
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
    [InlineData("""{"id2label":{"1":"b","0":"a"}}""", "")]
    [InlineData("""{"id2label":{"0":"a","2":"b"}}""", "id2label['2']")]
    [InlineData("""{"id2label":{"0":"a"}}""", "Found 1 labels for 'labels'")]
    [InlineData("""{"num_labels":2}""", "'config.json' without id2label")]
    [InlineData("""{"id2label":""", "which could not be read")]
    public void Read_LabelsOfAConfig_AreTakenInOrder(string config, string fault)
    {
        File.WriteAllText(_folder["config.json"], config);
        _json["labels"] = "config.json";
        if (fault.Length == 0)
        {
            Assert.Equal(["a", "b"], Read().Labels);
        }
        else
        {
            Assert.Contains(fault, Assert.Throws<ModelException>(Read).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"task":"token-probability"}""", "Found 0 answers for 'choices'")]
    [InlineData("""{"task":"token-probability"}""", "expected logits, as 'task' is token-probability")]
    [InlineData("""{"task":"token-probability","choices":[{"token":"1","id":3,"value":1},{"token":"2","value":2}]}""", "Found both a token and an id for 'choices[0].token'")]
    [InlineData("""{"task":"token-probability","choices":[{"value":1},{"token":"2"}]}""", "Found neither a token nor an id")]
    [InlineData("""{"task":"token-probability","choices":[{"token":"1","value":1},{"token":"2"}]}""", "Found no 'choices[1].value'")]
    [InlineData("""{"task":"token-probability","choices":[{"id":9,"value":1},{"id":1,"value":2}]}""", "expected ids below 2")]
    [InlineData("""{"choices":[{"token":"1","value":1},{"token":"2","value":2}]}""", "expected none, as 'task' is not token-probability")]
    [InlineData("""{"task":"perplexity","text":"conversation"}""", "expected logits or losses, as 'task' is perplexity")]
    [InlineData("""{"task":"perplexity"}""", "expected conversation, as 'task' is perplexity")]
    [InlineData("""{"output":{"name":"logits","type":"float32","width":2,"kind":"logits"}}""", "expected values, as 'task' is neither")]
    [InlineData("""{"text":"template"}""", "Found no 'template'")]
    [InlineData("""{"template":"{instruction}"}""", "expected none, as 'text' is not template")]
    [InlineData("""{"text":"template","template":"Rate: {instrution}"}""", "Found the place {instrution} for 'template'")]
    [InlineData("""{"inputs":[{"name":"ids","role":"inputs_ids","type":"int64"}]}""", "for 'inputs[0].role'")]
    public void Read_FaultsOfOtherTasks_AreNamed(string change, string expected)
    {
        foreach ((string key, JsonNode? value) in JsonNode.Parse(change)!.AsObject())
        {
            _json[key] = value!.DeepClone();
        }

        Assert.Contains(expected, Assert.Throws<ModelException>(Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TokenProbability_HoldsItsKeys()
    {
        _json.Remove("labels");
        _json["task"] = "token-probability";
        _json["text"] = "template";
        _json["template"] = "##Query: {prompt}  \n##Complexity: ";
        _json["output"] = JsonNode.Parse("""{"name":"logits","type":"float16","width":32000,"kind":"logits"}""");
        _json["choices"] = JsonNode.Parse("""[{"token":"1","value":1},{"id":29906,"value":2}]""");
        _json["inputs"] = JsonNode.Parse("""[{"name":"ids","role":"input_ids","type":"int64"},{"name":"position_ids","type":"int64"}]""");
        _json["batchTokens"] = 512;
        ModelManifest manifest = Read();
        Assert.Equal((ModelTask.TokenProbability, TextView.Template, OutputKind.Logits, 512), (manifest.Task, manifest.Text, manifest.Output.Kind, manifest.BatchTokens));
        Assert.Equal([new AnswerToken("1", -1, 1), new AnswerToken(null, 29906, 2)], manifest.Choices);
        Assert.Equal([new ModelInput("ids", TensorType.Int64, InputRole.Ids), new ModelInput("position_ids", TensorType.Int64, InputRole.Positions)], manifest.Inputs);
        string before = manifest.Fingerprint();
        _json["template"] = "##Query: {prompt}\n##Complexity: ";
        Assert.NotEqual(before, Read().Fingerprint());
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
