using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Sluice.Inference.Drafting;

/// <summary>Drafts the manifest of a model as Hugging Face's tools export it: graph, <c>tokenizer.json</c>, <c>config.json</c>.</summary>
internal static class ManifestDraft
{
    private const int UsualTokens = 512;
    private static readonly string[] s_graphs = ["model.onnx", "onnx/model.onnx"];
    private static readonly string[] s_inputs = ["input_ids", "attention_mask", "token_type_ids", "position_ids"];

    /// <summary>
    /// Drafts a manifest without an example. Throws <see cref="ModelException"/> that says what is missing or cannot be told.
    /// </summary>
    /// <param name="folder">Folder of the model; its name becomes the model's.</param>
    /// <param name="runtime">Opens the graph to see its inputs and outputs.</param>
    /// <param name="options">How it is opened.</param>
    /// <param name="wishes">What the files do not say.</param>
    public static JsonObject Create(string folder, IInferenceRuntime runtime, InferenceOptions options, DraftWishes wishes)
    {
        string graph = s_graphs.FirstOrDefault(name => File.Exists(Path.Combine(folder, name)))
            ?? throw new ModelException($"Found no model.onnx in {folder}, expected an exported graph, such as: optimum-cli export onnx --model NAME {folder}");
        if (!File.Exists(Path.Combine(folder, "tokenizer.json")))
        {
            throw new ModelException($"Found no tokenizer.json in {folder}, expected the fast tokenizer's file. In Python: AutoTokenizer.from_pretrained(NAME).save_pretrained('{folder}')");
        }

        var files = new ExportedFolder(folder);
        using IInferenceSession session = runtime.Open(Path.Combine(folder, graph), options);
        string task = wishes.Task ?? Task(files);
        JsonObject manifest = new()
        {
            ["name"] = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)),
            ["version"] = "1",
            ["task"] = task,
            ["text"] = wishes.Text ?? (wishes.Template is null ? Text(task) : "template"),
        };
        AddIf(manifest, "template", wishes.Template is { } template ? JsonValue.Create(template) : null);
        manifest["model"] = FileOf(folder, graph);
        AddIf(manifest, "data", Data(folder, graph));
        manifest["tokenizer"] = FileOf(folder, "tokenizer.json");
        manifest["maxTokens"] = wishes.MaxTokens ?? Math.Min(files.MaxTokens ?? UsualTokens, task is "perplexity" or "token-probability" ? 2048 : UsualTokens);
        manifest["inputs"] = Inputs(session);
        AddOutput(manifest, session, files, task, wishes);
        if (task == "classification")
        {
            manifest["labels"] = files.Labels > 0 ? "config.json" : throw new ModelException($"Found no id2label in {Path.Combine(folder, "config.json")}, expected the labels' names there. Add them, or write the manifest by hand.");
            manifest["multiLabel"] = files.IsMultiLabel;
        }

        AddIf(manifest, "choices", task == "token-probability" ? Choices(wishes.Choices) : null);
        return manifest;
    }

    private static string Task(ExportedFolder files) => files.Architecture switch
    {
        var a when a.EndsWith("ForSequenceClassification", StringComparison.Ordinal) => files.Labels == 1 ? "regression" : "classification",
        var a when a.EndsWith("ForCausalLM", StringComparison.Ordinal) || a.EndsWith("LMHeadModel", StringComparison.Ordinal) => "perplexity",
        "" => throw new ModelException($"Found no architecture in {Path.Combine(files.Folder, "config.json")}, expected one that tells the task. Say it: --task classification, regression, embedding, token-probability or perplexity."),
        _ => "embedding",
    };

    private static string Text(string task) => task switch
    {
        "classification" => "prompt",
        "regression" => "pair",
        "embedding" => "instruction",
        "perplexity" => "conversation",
        _ => throw new ModelException("Found no template, expected one for a token-probability score: --template 'Rate this: {prompt}' (places: {prompt}, {instruction}, {input}, {response})."),
    };

    private static JsonArray Inputs(IInferenceSession session) => [.. session.Inputs
        .Where(info => s_inputs.Contains(info.Name))
        .OrderBy(info => Array.IndexOf(s_inputs, info.Name))
        .Select(info => (JsonNode)new JsonObject { ["name"] = info.Name, ["type"] = info.Type.ToString().ToLowerInvariant() })];

    private static void AddOutput(JsonObject manifest, IInferenceSession session, ExportedFolder files, string task, DraftWishes wishes)
    {
        string[] wanted = task == "embedding" ? ["sentence_embedding", "last_hidden_state", "token_embeddings"] : ["logits", "losses"];
        TensorInfo output = wanted.Select(name => session.Outputs.FirstOrDefault(info => info.Name == name)).FirstOrDefault(info => info is not null) ?? session.Outputs[0];
        bool isLoss = output.Name == "losses";
        long last = output.Shape.Count > 0 ? output.Shape[^1] : -1;
        int width = last > 0 ? (int)last : task switch
        {
            "embedding" => files.Size("hidden_size"),
            "classification" or "regression" => Math.Max(1, files.Labels),
            _ => files.Size("vocab_size"),
        };
        JsonObject described = new() { ["name"] = output.Name, ["type"] = output.Type.ToString().ToLowerInvariant() };
        if (!isLoss)
        {
            described["width"] = width > 0 ? width : throw new ModelException($"Found the output '{output.Name}' of {files.Folder} to have an open width, expected its size in config.json.");
        }

        AddIf(described, "kind", task is "perplexity" or "token-probability" ? JsonValue.Create(isLoss ? "losses" : "logits") : null);
        manifest["output"] = described;
        if (task == "embedding")
        {
            manifest["pooling"] = output.Shape.Count == 3 ? wishes.Pooling ?? files.Pooling ?? "mean" : "none";
            manifest["normalize"] = wishes.Normalize ?? (output.Shape.Count == 3 && files.Normalizes);
        }
    }

    private static JsonArray Choices(string? choices)
    {
        JsonArray list = [];
        foreach (string choice in (choices ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int at = choice.LastIndexOf('=');
            if (at <= 0 || !double.TryParse(choice.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            {
                throw new ModelException($"Found the answer '{choice}', expected a token and its value, such as 1=1.");
            }

            list.Add((JsonNode)new JsonObject { ["token"] = choice[..at], ["value"] = value });
        }

        return list.Count >= 2 ? list : throw new ModelException("Found fewer than two answers, expected those of the token-probability score: --choices 1=1,2=2,3=3,4=4,5=5,6=6");
    }

    /// <summary>The weights that lie outside the graph, as they do above 2 GB.</summary>
    private static JsonArray? Data(string folder, string graph)
    {
        JsonObject[] files = [.. new[] { graph + "_data", graph + ".data" }.Where(name => File.Exists(Path.Combine(folder, name))).Select(name => FileOf(folder, name))];
        return files.Length == 0 ? null : new JsonArray([.. files]);
    }

    private static JsonObject FileOf(string folder, string name)
    {
        using FileStream stream = File.OpenRead(Path.Combine(folder, name));
        return new JsonObject { ["file"] = name, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(stream)) };
    }

    private static void AddIf(JsonObject to, string key, JsonNode? value)
    {
        if (value is not null)
        {
            to[key] = value;
        }
    }
}
