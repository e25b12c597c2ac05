using System.Text.Json;

namespace Sluice.Inference.Tokenization.Json;

/// <summary>
/// One object of a tokenizer file, read key by key. A key that nobody asked for is an error, because it might change the encoding.
/// </summary>
internal sealed class JsonComponent
{
    private readonly JsonElement _element;
    private readonly string _file;
    private readonly string _place;
    private readonly HashSet<string> _read = ["type"];

    /// <summary>Wraps an object that stands at <paramref name="place"/> in a file.</summary>
    public JsonComponent(JsonElement element, string file, string place)
    {
        _element = element;
        _file = file;
        _place = place;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Error($"found {Kind(element)}, expected an object");
        }
    }

    /// <summary>The component's kind; empty when it names none.</summary>
    public string Type => Text("type", string.Empty);

    /// <summary>Whether the key is there and not null.</summary>
    public bool Has(string key) => TryGet(key, out _);

    /// <summary>A truth value, or the default when absent or null.</summary>
    public bool Flag(string key, bool otherwise) => TryGet(key, out JsonElement value)
        ? value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Mismatch(key, value, "true or false")
        : otherwise;

    /// <summary>A truth value or null.</summary>
    public bool? OptionalFlag(string key) => Has(key) ? Flag(key, false) : null;

    /// <summary>A string, or the default when absent or null.</summary>
    public string Text(string key, string? otherwise = null) => TryGet(key, out JsonElement value)
        ? value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Mismatch(key, value, "a string")
        : otherwise ?? throw Error($"has no '{key}'");

    /// <summary>A whole number, or the default when absent or null.</summary>
    public int Number(string key, int? otherwise = null) => TryGet(key, out JsonElement value)
        ? value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : throw Mismatch(key, value, "a whole number")
        : otherwise ?? throw Error($"has no '{key}'");

    /// <summary>An object inside this one.</summary>
    public JsonComponent Part(string key) => new(Raw(key), _file, $"{_place}.{key}");

    /// <summary>An object inside this one, or null when absent or null.</summary>
    public JsonComponent? OptionalPart(string key) => Has(key) ? Part(key) : null;

    /// <summary>The objects of an array inside this one.</summary>
    public IReadOnlyList<JsonComponent> Parts(string key) =>
        [.. Array(key).Select((element, i) => new JsonComponent(element, _file, $"{_place}.{key}[{i}]"))];

    /// <summary>The elements of an array inside this one.</summary>
    public IReadOnlyList<JsonElement> Array(string key)
    {
        JsonElement value = Raw(key);
        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : throw Mismatch(key, value, "an array");
    }

    /// <summary>A value as it stands.</summary>
    public JsonElement Raw(string key) => TryGet(key, out JsonElement value) ? value : throw Error($"has no '{key}'");

    /// <summary>Marks keys as known although they do not change the ids.</summary>
    public void Ignore(params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            _read.Add(key);
        }
    }

    /// <summary>Throws when the object has a key that was not asked for.</summary>
    public void End()
    {
        foreach (JsonProperty property in _element.EnumerateObject())
        {
            if (!_read.Contains(property.Name))
            {
                throw Error($"has the key '{property.Name}', which is not supported; expected one of {string.Join(", ", _read.Order(StringComparer.Ordinal))}");
            }
        }
    }

    /// <summary>An error that names the file and the place.</summary>
    public InvalidDataException Error(string what) => new($"Tokenizer file '{_file}': {_place} {what}.");

    /// <summary>The error for a kind of component that this library does not have.</summary>
    public InvalidDataException Unsupported(params ReadOnlySpan<string> supported) =>
        Error($"is of type '{Type}', which is not supported; expected one of {string.Join(", ", supported.ToArray())}");

    private static string Kind(JsonElement element) => element.ValueKind.ToString().ToLowerInvariant();

    private bool TryGet(string key, out JsonElement value)
    {
        _read.Add(key);
        return _element.TryGetProperty(key, out value) && value.ValueKind != JsonValueKind.Null;
    }

    private InvalidDataException Mismatch(string key, JsonElement value, string expected) => Error($"has {Kind(value)} as '{key}', expected {expected}");
}
