using System.Text.Json.Nodes;
using Sluice.Inference;
using Sluice.Tests.Onnx;

namespace Sluice.Tests.Inference;

/// <summary>A causal model whose logits for the next token are the current token's row of a table: every probability is plain arithmetic.</summary>
internal sealed class CausalModels : IDisposable
{
    private readonly TestModels _models = new();

    public CausalModels(int seed = 11)
    {
        var random = new Random(seed);
        Logits = [.. Enumerable.Range(0, TestModels.Vocabulary * TestModels.Vocabulary).Select(_ => (float)((random.NextDouble() - 0.5) * 6))];
    }

    /// <summary>Vocabulary x Vocabulary: current token, next token.</summary>
    public float[] Logits { get; }

    public TestModels Models => _models;

    /// <summary>Minus the logarithm of the probability of a token after another.</summary>
    public double Loss(int current, int next)
    {
        ReadOnlySpan<float> row = Logits.AsSpan(current * TestModels.Vocabulary, TestModels.Vocabulary);
        double sum = 0;
        foreach (float logit in row)
        {
            sum += Math.Exp(logit);
        }

        return Math.Log(sum) - row[next];
    }

    /// <summary>Mean loss of the ids at positions start to end, given those before them.</summary>
    public double MeanLoss(IReadOnlyList<int> ids, int start, int end) =>
        Enumerable.Range(Math.Max(1, start), end - Math.Max(1, start)).Average(i => Loss(ids[i - 1], ids[i]));

    /// <summary>Writes a causal model that gives logits.</summary>
    public void WriteLogits(string name, int maxTokens = 64, Action<JsonObject>? change = null) => _models.Write(
        name,
        new OnnxGraph().Input("input_ids", OnnxGraph.Int64, -1, -1).Constant("table", Logits, TestModels.Vocabulary, TestModels.Vocabulary)
            .Node("Gather", ["table", "input_ids"], "logits").Output("logits", OnnxGraph.Float32, -1, -1, TestModels.Vocabulary),
        Manifest(name, "logits", maxTokens), change);

    /// <summary>Opens a model.</summary>
    public TextModel Open(string name) => _models.Open(name);

    public void Dispose() => _models.Dispose();

    private static JsonObject Manifest(string name, string output, int maxTokens)
    {
        JsonObject manifest = TestModels.Manifest(name, "perplexity", output, TestModels.Vocabulary, ["input_ids"]);
        manifest["text"] = "conversation";
        manifest["maxTokens"] = maxTokens;
        manifest["output"]!["kind"] = "logits";
        return manifest;
    }
}
