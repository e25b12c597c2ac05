using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sluice.Tests.Onnx;

namespace Sluice.TestTrainer;

/// <summary>
/// Writes a causal model: the logits of the next word are the logarithm of the smoothed counts of what follows the current one, and more for every time that the word stood
/// before. So an instruction that names words of its answer helps.
/// </summary>
internal static class ModelFolder
{
    private const float Smoothing = 0.5f;
    private const float Repeat = 0.7f;

    public static void Write(TokenCounts counts, string folder)
    {
        int words = counts.Vocabulary.Count;
        float[] table = [.. counts.Pairs.Select(n => MathF.Log(n + Smoothing))];
        // What is unknown says nothing when it comes again.
        float[] repeat = [0, .. Enumerable.Repeat(Repeat, words - 1)];
        new OnnxGraph()
            .Input("input_ids", OnnxGraph.Int64, -1, -1)
            .Constant("table", table, words, words)
            .Constant("repeat", repeat, words)
            .Constant("depth", [(long)words])
            .Constant("values", [0f, 1f], 2)
            .Constant("axis", [1L])
            .Node("Gather", ["table", "input_ids"], "follows")
            .Node("OneHot", ["input_ids", "depth", "values"], "hot", ("axis", -1))
            .Node("CumSum", ["hot", "axis"], "times")
            .Node("Mul", ["times", "repeat"], "repeats")
            .Node("Add", ["follows", "repeats"], "logits")
            .Output("logits", OnnxGraph.Float32, -1, -1, words)
            .Save(Path.Combine(folder, "model.onnx"));
        JsonObject vocabulary = new(counts.Vocabulary.Select((word, id) => KeyValuePair.Create(word, (JsonNode?)id)));
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray(),
            ["normalizer"] = new JsonObject { ["type"] = "Lowercase" },
            ["pre_tokenizer"] = new JsonObject { ["type"] = "Whitespace" },
            ["post_processor"] = null,
            ["decoder"] = null,
            ["model"] = new JsonObject { ["type"] = "WordLevel", ["vocab"] = vocabulary, ["unk_token"] = TokenCounts.Unknown },
        }.ToJsonString());
        File.WriteAllText(Path.Combine(folder, "manifest.json"), new JsonObject
        {
            ["name"] = "trained",
            ["version"] = "1",
            ["task"] = "perplexity",
            ["text"] = "conversation",
            ["model"] = Described(folder, "model.onnx"),
            ["tokenizer"] = Described(folder, "tokenizer.json"),
            ["maxTokens"] = 256,
            ["inputs"] = new JsonArray(new JsonObject { ["name"] = "input_ids", ["type"] = "int64" }),
            ["output"] = new JsonObject { ["name"] = "logits", ["type"] = "float32", ["kind"] = "logits", ["width"] = words },
            ["licence"] = "CC0-1.0",
        }.ToJsonString());
    }

    private static JsonObject Described(string folder, string file) => new()
    {
        ["file"] = file,
        ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, file)))),
    };
}
