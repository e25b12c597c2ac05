using System.Text.Json;

namespace Sluice.Inference.Drafting;

/// <summary>What an export by Hugging Face's tools leaves in a folder beside the graph. Absent files read as empty.</summary>
internal sealed class ExportedFolder
{
    private readonly JsonElement _config;
    private readonly JsonElement _tokenizer;
    private readonly JsonElement _sentences;
    private readonly JsonElement _pooling;

    /// <summary>Reads the folder's JSON files. Throws <see cref="ModelException"/> when one of them is broken.</summary>
    public ExportedFolder(string folder)
    {
        Folder = folder;
        _config = Read("config.json");
        _tokenizer = Read("tokenizer_config.json");
        _sentences = Read("sentence_bert_config.json");
        _pooling = Read(Path.Combine("1_Pooling", "config.json"));
        Normalizes = Directory.Exists(Path.Combine(folder, "2_Normalize"));
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Such as <c>BertForSequenceClassification</c>; empty when unknown.</summary>
    public string Architecture => _config.ValueKind == JsonValueKind.Object && _config.TryGetProperty("architectures", out JsonElement list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0
        ? list[0].GetString() ?? ""
        : "";

    /// <summary>Number of labels; 0 when unknown.</summary>
    public int Labels => _config.ValueKind == JsonValueKind.Object && _config.TryGetProperty("id2label", out JsonElement map) && map.ValueKind == JsonValueKind.Object ? map.EnumerateObject().Count() : 0;

    /// <summary>Whether a row may bear several labels.</summary>
    public bool IsMultiLabel => _config.ValueKind == JsonValueKind.Object && _config.TryGetProperty("problem_type", out JsonElement type) && type.ValueKind == JsonValueKind.String
        && type.GetString() == "multi_label_classification";

    /// <summary>Whether sentence-transformers scales the vector to length 1.</summary>
    public bool Normalizes { get; }

    /// <summary>How sentence-transformers pools: <c>mean</c>, <c>cls</c> or <c>last</c>; null when it says nothing.</summary>
    public string? Pooling => Says(_pooling, "pooling_mode_cls_token") ? "cls" : Says(_pooling, "pooling_mode_lasttoken") ? "last" : Says(_pooling, "pooling_mode_mean_tokens") ? "mean" : null;

    /// <summary>Width of a token's vector, or of the vocabulary; 0 when unknown.</summary>
    public int Size(string key) => Number(_config, key) ?? 0;

    /// <summary>Tokens that the model reads at most; null when no file says so.</summary>
    public int? MaxTokens
    {
        get
        {
            int?[] said = [Number(_sentences, "max_seq_length"), Number(_tokenizer, "model_max_length"), Number(_config, "n_positions"), Positions];
            return said.Where(number => number is > 0 and <= 1_048_576).Min();
        }
    }

    // RoBERTa's positions begin after the padding id, so two of the table's rows are never reached.
    private int? Positions => Number(_config, "max_position_embeddings") is { } positions ? Architecture.Contains("oberta", StringComparison.Ordinal) ? positions - 2 : positions : null;

    private static bool Says(JsonElement element, string key) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    private static int? Number(JsonElement element, string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : null;

    private JsonElement Read(string name)
    {
        string path = Path.Combine(Folder, name);
        if (!File.Exists(path))
        {
            return default;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.Clone();
        }
        catch (JsonException fault)
        {
            throw new ModelException($"The file {path} is not valid JSON: {fault.Message}", fault);
        }
    }
}
