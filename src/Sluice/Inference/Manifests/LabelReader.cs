using System.Globalization;
using System.Text.Json;

namespace Sluice.Inference.Manifests;

/// <summary>Reads a classifier's labels: a list in the manifest, or the name of the Hugging Face <c>config.json</c> that holds them as <c>id2label</c>.</summary>
internal static class LabelReader
{
    /// <summary>The labels in the order of the output; empty when there are none or a fault was recorded.</summary>
    public static IReadOnlyList<string> Read(JsonSection root, string manifestPath)
    {
        if (!root.IsText("labels"))
        {
            return root.Texts("labels");
        }

        string file = root.Text("labels");
        if (Path.IsPathRooted(file) || file.Split('/', '\\').Contains(".."))
        {
            root.Fault("labels", $"'{file}'", "a list of texts, or a file inside the model's folder");
            return [];
        }

        try
        {
            using JsonDocument config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(manifestPath)!, file)));
            return Order(root, file, config.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            root.Fault("labels", $"'{file}', which could not be read ({fault.Message.TrimEnd('.')})", "a config.json with id2label, or a list of texts");
            return [];
        }
    }

    private static string[] Order(JsonSection root, string file, JsonElement config)
    {
        if (config.ValueKind != JsonValueKind.Object || !config.TryGetProperty("id2label", out JsonElement map) || map.ValueKind != JsonValueKind.Object)
        {
            root.Fault("labels", $"'{file}' without id2label", "a config.json with id2label, or a list of texts");
            return [];
        }

        string?[] labels = new string?[map.EnumerateObject().Count()];
        foreach (JsonProperty entry in map.EnumerateObject())
        {
            if (!int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int id) || id >= labels.Length || labels[id] is not null || entry.Value.ValueKind != JsonValueKind.String)
            {
                root.Fault("labels", $"id2label['{entry.Name}'] in '{file}'", $"the ids 0 to {labels.Length - 1}, each once with a text");
                return [];
            }

            labels[id] = entry.Value.GetString();
        }

        return labels!;
    }
}
