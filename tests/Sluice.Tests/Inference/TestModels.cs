using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sluice.Inference;
using Sluice.Inference.Drafting;
using Sluice.Onnx;
using Sluice.Tests.Onnx;

namespace Sluice.Tests.Inference;

/// <summary>A models directory with real graphs: an embedding table of random numbers, pooled in the graph or left to the pipeline.</summary>
internal sealed class TestModels : IDisposable
{
    public const int Vocabulary = 50;
    public const int Width = 4;

    private readonly TemporaryFolder _folder = new();
    private readonly OnnxRuntime _runtime = new();

    public TestModels(int seed = 20240501)
    {
        var random = new Random(seed);
        Table = [.. Enumerable.Range(0, Vocabulary * Width).Select(_ => (float)(random.NextDouble() - 0.5))];
        Weights = [.. Enumerable.Range(0, Width * 3).Select(_ => (float)(random.NextDouble() - 0.5) * 8)];
    }

    /// <summary>Vocabulary x Width.</summary>
    public float[] Table { get; }

    /// <summary>Width x 3.</summary>
    public float[] Weights { get; set; }

    public WordTokenizer Tokenizer { get; } = new();

    public InferenceOptions Options { get; set; } = new() { Provider = "cpu", BatchTokens = 64, BatchRows = 8 };

    public string Root => _folder.Path;

    public string this[string relative] => _folder[relative];

    public ModelCatalog Catalog() => new(Root, _runtime, Options, Load);

    public ModelAddition Addition() => new(Root, _runtime, Options, Catalog());

    public TextModel Open(string name) => Catalog().Open(name);

    public IInferenceSession OpenSession(string path) => _runtime.Open(path, Options);

    /// <summary>A model that gives one vector a token.</summary>
    public void WriteTokenVectors(string name, string pooling, Action<JsonObject>? change = null) => Write(name, new OnnxGraph()
        .Input("input_ids", OnnxGraph.Int64, -1, -1)
        .Constant("table", Table, Vocabulary, Width)
        .Node("Gather", ["table", "input_ids"], "vectors")
        .Output("vectors", OnnxGraph.Float32, -1, -1, Width), Manifest(name, "embedding", "vectors", Width, ["input_ids"]), manifest =>
    {
        manifest["pooling"] = pooling;
        change?.Invoke(manifest);
    });

    /// <summary>A model that gives three logits a row: the masked mean of the table's rows times the weights.</summary>
    public void WriteTagger(string name, Action<JsonObject>? change = null, int rowsThatFit = 1_000_000) => Write(
        name, Mean(3, rowsThatFit).Output("logits", OnnxGraph.Float32, -1, 3), Manifest(name, "classification", "logits", 3, ["input_ids", "attention_mask"]), manifest =>
    {
        manifest["labels"] = new JsonArray("code", "math", "chat");
        manifest["multiLabel"] = true;
        change?.Invoke(manifest);
    });

    /// <summary>A model that gives one number a row: the first logit of the tagger.</summary>
    public void WriteQuality(string name, Action<JsonObject>? change = null) => Write(
        name, Mean(1, 1_000_000).Output("logits", OnnxGraph.Float32, -1, 1), Manifest(name, "regression", "logits", 1, ["input_ids", "attention_mask"]), change);

    public void Write(string name, OnnxGraph graph, JsonObject manifest, Action<JsonObject>? change = null)
    {
        string folder = Directory.CreateDirectory(_folder[name]).FullName;
        graph.Save(Path.Combine(folder, "model.onnx"));
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), "words");
        manifest["model"]!["sha256"] = Hash(Path.Combine(folder, "model.onnx"));
        manifest["tokenizer"]!["sha256"] = Hash(Path.Combine(folder, "tokenizer.json"));
        change?.Invoke(manifest);
        File.WriteAllText(Path.Combine(folder, "manifest.json"), manifest.ToJsonString());
    }

    public static JsonObject Manifest(string name, string task, string output, int width, string[] inputs) => new()
    {
        ["name"] = name,
        ["version"] = "1",
        ["task"] = task,
        ["text"] = "instruction",
        ["model"] = new JsonObject { ["file"] = "model.onnx", ["sha256"] = new string('0', 64) },
        ["tokenizer"] = new JsonObject { ["file"] = "tokenizer.json", ["sha256"] = new string('0', 64) },
        ["maxTokens"] = 16,
        ["inputs"] = new JsonArray([.. inputs.Select(input => new JsonObject { ["name"] = input, ["type"] = "int64" })]),
        ["output"] = new JsonObject { ["name"] = output, ["type"] = "float32", ["width"] = width },
        ["licence"] = "CC0-1.0",
    };

    /// <summary>The logits of a row by plain arithmetic.</summary>
    public double[] Logits(IReadOnlyList<int> ids, int labels = 3)
    {
        double[] mean = MeanVector(ids);
        return [.. Enumerable.Range(0, labels).Select(label => Enumerable.Range(0, Width).Sum(i => mean[i] * Weights[(i * labels) + label]))];
    }

    /// <summary>The mean of the table's rows by plain arithmetic; zeros for no ids.</summary>
    public double[] MeanVector(IReadOnlyList<int> ids) =>
        [.. Enumerable.Range(0, Width).Select(i => ids.Count == 0 ? 0 : ids.Average(id => (double)Table[(id * Width) + i]))];

    public void Dispose()
    {
        _runtime.Dispose();
        _folder.Dispose();
    }

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private WordTokenizer Load(string path) => File.ReadAllText(path) == "words" ? Tokenizer : throw new InvalidDataException($"{path} is no tokenizer.");

    private OnnxGraph Mean(int labels, int rowsThatFit)
    {
        OnnxGraph graph = new OnnxGraph()
            .Input("input_ids", OnnxGraph.Int64, -1, -1)
            .Input("attention_mask", OnnxGraph.Int64, -1, -1)
            .Constant("table", Table, Vocabulary, Width)
            .Constant("weights", Weights[..(Width * labels)], Width, labels)
            .Constant("one", [1f])
            .Constant("axis1", [1L], 1)
            .Constant("axis2", [2L], 1)
            .Node("Gather", ["table", "input_ids"], "vectors")
            .Node("Cast", ["attention_mask"], "mask", ("to", OnnxGraph.Float32))
            .Node("Unsqueeze", ["mask", "axis2"], "mask3")
            .Node("Mul", ["vectors", "mask3"], "masked")
            .Node("ReduceSum", ["masked", "axis1"], "sum", ("keepdims", 0))
            .Node("ReduceSum", ["mask", "axis1"], "count", ("keepdims", 1))
            .Node("Max", ["count", "one"], "clamped")
            .Node("Div", ["sum", "clamped"], "mean");
        if (rowsThatFit >= 1_000_000)
        {
            return graph.Node("MatMul", ["mean", "weights"], "logits");
        }

        // A table of as many zeros as rows fit, read at the number of rows: the library refuses larger batches, as a full device would.
        return graph
            .Node("MatMul", ["mean", "weights"], "product")
            .Constant("room", new float[rowsThatFit], rowsThatFit)
            .Constant("first", [0L])
            .Constant("unit", [1L])
            .Node("Shape", ["input_ids"], "shape")
            .Node("Gather", ["shape", "first"], "rows")
            .Node("Sub", ["rows", "unit"], "last")
            .Node("Gather", ["room", "last"], "zero")
            .Node("Add", ["product", "zero"], "logits");
    }
}
