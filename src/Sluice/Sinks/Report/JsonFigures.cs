using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Sinks.Report;

/// <summary>Reads figures from JSON leniently: what is absent or of another kind is NaN, empty or nothing, since a page must not fail on a figure.</summary>
internal static class JsonFigures
{
    /// <summary>A number; NaN when it is none.</summary>
    public static double Number(this JsonNode? node)
    {
        if (node is not JsonValue value)
        {
            return double.NaN;
        }

        if (value.TryGetValue(out double number) || (value.TryGetValue(out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)))
        {
            return number;
        }

        // A value made in memory answers only to its own type; its JSON reads the same for all.
        return value.GetValueKind() == JsonValueKind.Number && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number) ? number : double.NaN;
    }

    /// <summary>A number of an object; NaN when it is none.</summary>
    public static double Number(this JsonObject? owner, string key) => Number(owner?[key]);

    /// <summary>A whole number of an object; 0 when it is none.</summary>
    public static long Count(this JsonObject? owner, string key) => Number(owner?[key]) is var number && double.IsFinite(number) ? (long)number : 0;

    /// <summary>A text of an object; empty when there is none.</summary>
    public static string Text(this JsonObject? owner, string key) => owner?[key] switch
    {
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonValue value => value.ToJsonString(),
        _ => "",
    };

    /// <summary>The numbers of a list; empty when it is none.</summary>
    public static double[] Numbers(this JsonObject? owner, string key) => owner?[key] is JsonArray list ? [.. list.Select(Number)] : [];

    /// <summary>The objects of a list; empty when it is none.</summary>
    public static IReadOnlyList<JsonObject> Objects(this JsonObject? owner, string key) => owner?[key] is JsonArray list ? [.. list.OfType<JsonObject>()] : [];

    /// <summary>An object of numbers by name, in its own order; empty when it is none. Members that are no numbers are left out.</summary>
    public static IReadOnlyDictionary<string, double> NumbersByName(this JsonObject? owner, string key) => owner?[key] is JsonObject map
        ? map.Select(p => (p.Key, Value: Number(p.Value))).Where(p => !double.IsNaN(p.Value)).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal)
        : new Dictionary<string, double>();
}
