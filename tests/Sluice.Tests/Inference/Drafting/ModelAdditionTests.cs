using Sluice.Inference;
using Sluice.Inference.Drafting;
using Sluice.Inference.Manifests;
using Sluice.Inference.TextViews;
using Sluice.Tests.Onnx;

namespace Sluice.Tests.Inference.Drafting;

/// <summary>Folders as exports by Hugging Face's tools look: a graph, tokenizer.json, config.json.</summary>
public sealed class ModelAdditionTests : IDisposable
{
    private readonly TestModels _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public void Add_Classifier_TakesLabelsFromItsConfig()
    {
        Export(Head("logits", 2), """{"architectures":["BertForSequenceClassification"],"id2label":{"0":"no","1":"yes"},"problem_type":"multi_label_classification","max_position_embeddings":512}""");
        ModelManifest manifest = Add(new DraftWishes());
        Assert.Equal((ModelTask.Classification, TextView.Prompt, 512, true), (manifest.Task, manifest.Text, manifest.MaxTokens, manifest.MultiLabel));
        Assert.Equal(["no", "yes"], manifest.Labels);
        Assert.Equal(["input_ids", "attention_mask"], manifest.Inputs.Select(input => input.Name));
        using TextModel model = _models.Open("mine");
        Assert.True(model.Check(CancellationToken.None).Passed);
    }

    [Fact]
    public void Add_RewardModel_ReadsPairs()
    {
        Export(Head("logits", 1), """{"architectures":["DebertaV2ForSequenceClassification"],"id2label":{"0":"LABEL_0"}}""", ("tokenizer_config.json", """{"model_max_length":1000000000000000019884624838656}"""));
        ModelManifest manifest = Add(new DraftWishes());
        Assert.Equal((ModelTask.Regression, TextView.Pair, 512), (manifest.Task, manifest.Text, manifest.MaxTokens));
        Assert.NotNull(manifest.Example!.Pair);
    }

    [Fact]
    public void Add_SentenceTransformer_PoolsAsItSays()
    {
        Export(
            Vectors("last_hidden_state"), """{"architectures":["BertModel"],"hidden_size":4,"max_position_embeddings":512}""",
            ("sentence_bert_config.json", """{"max_seq_length":256}"""), ("1_Pooling/config.json", """{"pooling_mode_cls_token":true}"""), ("2_Normalize/.keep", ""));
        ModelManifest manifest = Add(new DraftWishes());
        Assert.Equal((ModelTask.Embedding, TextView.Instruction, Pooling.Cls, true, 256), (manifest.Task, manifest.Text, manifest.Pooling, manifest.Normalize, manifest.MaxTokens));
    }

    [Fact]
    public void Add_BareEncoder_PoolsAsWished()
    {
        Export(Vectors("last_hidden_state"), """{"architectures":["BertModel"],"hidden_size":4}""");
        ModelManifest manifest = Add(new DraftWishes { Pooling = "cls", MaxTokens = 96 });
        Assert.Equal((Pooling.Cls, false, 96), (manifest.Pooling, manifest.Normalize, manifest.MaxTokens));
    }

    [Fact]
    public void Add_WeightsOutsideTheGraph_AreHashedToo()
    {
        Export(Vectors("last_hidden_state"), """{"architectures":["BertModel"],"hidden_size":4}""", ("model.onnx_data", "weights"));
        Assert.Equal("model.onnx_data", Assert.Single(Add(new DraftWishes()).Data).File);
        File.WriteAllText(_models["mine/model.onnx_data"], "other weights");
        Assert.Contains("as 'data.sha256'", Assert.Throws<ModelException>(() => _models.Open("mine")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_CausalModel_GivesPerplexities()
    {
        Export(Causal(), """{"architectures":["GPT2LMHeadModel"],"vocab_size":50,"n_positions":64}""");
        ModelManifest manifest = Add(new DraftWishes());
        Assert.Equal((ModelTask.Perplexity, OutputKind.Logits, 64, 50), (manifest.Task, manifest.Output.Kind, manifest.MaxTokens, manifest.Output.Width));
        Assert.Equal(8, manifest.Example!.Expected.Count);
    }

    [Fact]
    public void Add_TokenProbability_TakesTemplateAndAnswers()
    {
        Export(Causal(), """{"architectures":["LlamaForCausalLM"],"vocab_size":50}""");
        ModelManifest manifest = Add(new DraftWishes { Task = "token-probability", Template = "Rate: {prompt} ", Choices = "w11=1, w12=2" });
        Assert.Equal((ModelTask.TokenProbability, TextView.Template), (manifest.Task, manifest.Text));
        Assert.Equal([new AnswerToken("w11", -1, 1), new AnswerToken("w12", -1, 2)], manifest.Choices);
    }

    [Theory]
    [InlineData("""{"architectures":["BertForSequenceClassification"]}""", "Found no id2label")]
    [InlineData("{}", "Say it: --task")]
    [InlineData("""{"architectures":["BertForSequenceClassification"],"id2label":{"0":"a","1":"b","2":"c"}}""", "Found 3 labels for 'labels'")]
    public void Add_FilesThatDoNotTell_AreRefusedAndLeaveNoManifest(string config, string expected)
    {
        Export(Head("logits", 2), config);
        ModelException fault = Assert.Throws<ModelException>(() => Add(new DraftWishes()));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_models["mine/manifest.json"]));
    }

    [Fact]
    public void Add_MissingPieces_SayHowToGetThem()
    {
        Assert.Contains("expected the exported model there", Assert.Throws<ModelException>(() => Add(new DraftWishes())).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(_models["mine"]);
        Assert.Contains("optimum-cli export onnx", Assert.Throws<ModelException>(() => Add(new DraftWishes())).Message, StringComparison.Ordinal);
        Head("logits", 2).Save(_models["mine/model.onnx"]);
        Assert.Contains("save_pretrained", Assert.Throws<ModelException>(() => Add(new DraftWishes())).Message, StringComparison.Ordinal);
        File.WriteAllText(_models["mine/manifest.json"], "{}");
        Assert.Contains("expected none yet", Assert.Throws<ModelException>(() => Add(new DraftWishes())).Message, StringComparison.Ordinal);
    }

    private static OnnxGraph Inputs() => new OnnxGraph().Input("input_ids", OnnxGraph.Int64, -1, -1).Input("attention_mask", OnnxGraph.Int64, -1, -1);

    private static OnnxGraph Causal() => Inputs().Constant("table", [.. Enumerable.Range(0, 2500).Select(i => (float)Math.Sin(i))], 50, 50)
        .Node("Mul", ["input_ids", "attention_mask"], "ids").Node("Gather", ["table", "ids"], "logits").Output("logits", OnnxGraph.Float32, -1, -1, 50);

    private OnnxGraph Vectors(string output) => Inputs().Constant("table", _models.Table, TestModels.Vocabulary, TestModels.Width)
        .Node("Mul", ["input_ids", "attention_mask"], "ids").Node("Gather", ["table", "ids"], output).Output(output, OnnxGraph.Float32, -1, -1, TestModels.Width);

    private OnnxGraph Head(string output, int width) => Inputs().Constant("table", _models.Table, TestModels.Vocabulary, TestModels.Width).Constant("axis1", [1L], 1)
        .Constant("weights", _models.Weights[..(TestModels.Width * width)], TestModels.Width, width)
        .Node("Mul", ["input_ids", "attention_mask"], "ids").Node("Gather", ["table", "ids"], "vectors").Node("ReduceSum", ["vectors", "axis1"], "sum", ("keepdims", 0))
        .Node("MatMul", ["sum", "weights"], output).Output(output, OnnxGraph.Float32, -1, width);

    private void Export(OnnxGraph graph, string config, params (string Name, string Text)[] others)
    {
        Directory.CreateDirectory(_models["mine"]);
        graph.Save(_models["mine/model.onnx"]);
        File.WriteAllText(_models["mine/tokenizer.json"], "words");
        File.WriteAllText(_models["mine/config.json"], config);
        foreach ((string name, string text) in others)
        {
            string path = _models[$"mine/{name}"];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    private ModelManifest Add(DraftWishes wishes) => ManifestReader.Read(_models.Addition().Add("mine", wishes, CancellationToken.None));
}
