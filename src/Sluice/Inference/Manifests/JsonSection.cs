using System.Globalization;
using System.Text.Json;
using Sluice.Diagnostics;

namespace Sluice.Inference.Manifests;

/// <summary>Reads the keys of one JSON object and collects every fault: each names file, key, what was found and what was expected.</summary>
internal sealed class JsonSection
{
    private readonly JsonElement _element;
    private readonly string _file;
    private readonly string _prefix;
    private readonly List<string> _errors;
    private readonly List<string> _known = [];

    /// <summary>Starts reading an object.</summary>
    /// <param name="element">The object.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="prefix">What precedes a key in messages, such as <c>model.</c>; empty at the top.</param>
    /// <param name="errors">Where faults go.</param>
    public JsonSection(JsonElement element, string file, string prefix, List<string> errors)
    {
        _element = element;
        _file = file;
        _prefix = prefix;
        _errors = errors;
    }

    /// <summary>A text; without a default it must be there and not be empty.</summary>
    public string Text(string key, string? fallback = null) => Read(key, fallback is null ? "a text that is not empty" : "a text", fallback ?? "", fallback is null,
        value => value.ValueKind == JsonValueKind.String && (fallback is not null || value.GetString()!.Trim().Length > 0) ? value.GetString() : null);

    /// <summary>One of several words.</summary>
    public T Choice<T>(string key, IReadOnlyDictionary<string, T> words, T fallback, bool required)
        where T : struct => Read<T?>(key, $"one of {string.Join(", ", words.Keys)}", fallback, required,
        value => value.ValueKind == JsonValueKind.String && words.TryGetValue(value.GetString()!, out T chosen) ? chosen : null)!.Value;

    /// <summary>A whole number within bounds; without a default it must be there.</summary>
    public int Integer(string key, int least, int most, int? fallback = null) => Read<int?>(key, $"a whole number from {least} to {most}", fallback ?? least, fallback is null,
        value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= least && number <= most ? number : null)!.Value;

    /// <summary>A number within bounds; without a default it must be there.</summary>
    public double Number(string key, double least, double most, double? fallback = null) => Read<double?>(
        key, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"), fallback ?? least, fallback is null,
        value => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= least && number <= most ? number : null)!.Value;

    /// <summary>True or false.</summary>
    public bool Flag(string key, bool fallback = false) => Read<bool?>(key, "true or false", fallback, false,
        value => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null)!.Value;

    /// <summary>A list of texts; empty when absent.</summary>
    public IReadOnlyList<string> Texts(string key) => Read<IReadOnlyList<string>?>(key, "a list of texts", [], false,
        value => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : null)!;

    /// <summary>A list of numbers that must be there and not be empty.</summary>
    public IReadOnlyList<float> Numbers(string key) => Read<IReadOnlyList<float>?>(key, "a list of at least one number", [], true,
        value => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number)
            ? [.. value.EnumerateArray().Select(item => (float)item.GetDouble())]
            : null)!;

    /// <summary>An object, or null when it is absent or none.</summary>
    public JsonSection? Section(string key, bool required) => Read<JsonSection?>(key, "an object", null, required,
        value => value.ValueKind == JsonValueKind.Object ? Open(value, $"{key}.") : null);

    /// <summary>A list of objects that is not empty; an empty one when it is absent and may be.</summary>
    public IReadOnlyList<JsonSection> Sections(string key, bool required = true) => Read<IReadOnlyList<JsonSection>?>(key, "a list of at least one object", [], required,
        value => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? [.. value.EnumerateArray().Select((item, i) => Open(item, string.Create(CultureInfo.InvariantCulture, $"{key}[{i}].")))]
            : null)!;

    /// <summary>Whether a key is there and holds a text.</summary>
    public bool IsText(string key) => _element.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String;

    /// <summary>Records a fault of a key.</summary>
    public void Fault(string key, string found, string expected) => _errors.Add($"Found {found} for '{_prefix}{key}' in {_file}, expected {expected}.");

    /// <summary>Refuses the keys nobody asked for.</summary>
    public void RefuseOthers()
    {
        foreach (JsonProperty property in _element.EnumerateObject())
        {
            if (!_known.Contains(property.Name))
            {
                _errors.Add($"Found the unknown key '{_prefix}{property.Name}' in {_file}, expected one of {string.Join(", ", _known)}.{Suggestion.DidYouMean(property.Name, _known)}");
            }
        }
    }

    private JsonSection Open(JsonElement element, string key) => new(element, _file, _prefix + key, _errors);

    private T Read<T>(string key, string expected, T fallback, bool required, Func<JsonElement, T?> read)
    {
        _known.Add(key);
        if (!_element.TryGetProperty(key, out JsonElement value))
        {
            if (required)
            {
                _errors.Add($"Found no '{_prefix}{key}' in {_file}, expected {expected}.");
            }

            return fallback;
        }

        T? result = read(value);
        if (result is null)
        {
            string raw = value.GetRawText();
            Fault(key, raw.Length > 60 ? raw[..60] + "..." : raw, expected);
            return fallback;
        }

        return result;
    }
}
