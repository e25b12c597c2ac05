using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Sluice.Configuration;

/// <summary>Writes JSON Schema (draft 2020-12) of options classes: the types, ranges and known values that the reader holds values to, defaults, and the doc comments.</summary>
/// <param name="docs">The doc comments.</param>
internal sealed class SchemaWriter(XmlDocs docs)
{
    /// <summary>Address of the schema's own schema.</summary>
    public const string Draft = "https://json-schema.org/draft/2020-12/schema";

    // What TimeSpan.Parse takes: [-][days.]hours:minutes[:seconds[.fraction]], or days.
    private const string Duration = @"^-?(\d+|(\d+\.)?\d{1,2}:\d{1,2}(:\d{1,2}(\.\d{1,7})?)?)$";

    private readonly SortedDictionary<string, JsonNode?> _definitions = new(StringComparer.Ordinal);

    /// <summary>The definitions that were referred to so far.</summary>
    public JsonObject Definitions() => new(_definitions.Select(d => KeyValuePair.Create(d.Key, d.Value?.DeepClone())));

    /// <summary>A reference to the definition of an options class, which is written at the first.</summary>
    public JsonObject Reference(Type type)
    {
        string name = NameOf(type);
        if (_definitions.TryAdd(name, null))
        {
            _definitions[name] = Object(type, []);
        }

        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }

    /// <summary>Adds a definition of one's own.</summary>
    public JsonObject Define(string name, JsonObject schema)
    {
        _definitions[name] = schema;
        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }

    /// <summary>An options class as an object that holds its keys and no others.</summary>
    /// <param name="type">The class.</param>
    /// <param name="before">Keys that stand before its own, and must be given where their schema has a <c>const</c>.</param>
    /// <param name="user">The class that the options are for, whose doc comment says more than theirs; null: none.</param>
    public JsonObject Object(Type type, IReadOnlyList<KeyValuePair<string, JsonObject>> before, Type? user = null)
    {
        object defaults = OptionProperties.Defaults(type);
        JsonObject properties = new(before.Select(b => KeyValuePair.Create(b.Key, (JsonNode?)b.Value)));
        List<string> required = [.. before.Where(b => b.Value.ContainsKey("const")).Select(b => b.Key)];
        foreach (PropertyInfo property in OptionProperties.Of(type))
        {
            bool isRequired = IsRequired(property, property.GetValue(defaults));
            properties[property.Name] = Property(property, isRequired ? null : property.GetValue(defaults));
            if (isRequired)
            {
                required.Add(property.Name);
            }
        }

        JsonObject schema = new() { ["type"] = "object" };
        Describe(schema, user is not null && docs.Of(user) is { Length: > 0 } use ? use : docs.Of(type));
        schema["properties"] = properties;
        if (required.Count > 0)
        {
            schema["required"] = new JsonArray([.. required.Select(r => (JsonNode)r)]);
        }

        schema["additionalProperties"] = false;
        return schema;
    }

    private JsonObject Property(PropertyInfo property, object? value)
    {
        bool isNullable = new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
        JsonObject schema = Value(property.PropertyType, isNullable);
        string description = docs.Of(property);
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            description += Limit(schema, property.PropertyType, range);
        }

        if (property.GetCustomAttribute<RequiredAttribute>() is { AllowEmptyStrings: false } && property.PropertyType == typeof(string))
        {
            schema["minLength"] = 1;
        }

        if (OptionProperties.Values(property) is { Count: > 0 } values)
        {
            schema.Remove("type");
            schema["enum"] = new JsonArray([.. values.Select(v => (JsonNode?)v), .. isNullable ? new JsonNode?[] { null } : []]);
        }

        Describe(schema, description);
        if (Default(value) is { } text)
        {
            schema["default"] = text;
        }

        return schema;
    }

    private JsonObject Value(Type type, bool isNullable)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        if (OptionProperties.Container(bare) is { } container)
        {
            return container.IsMap
                ? new JsonObject { ["type"] = "object", ["additionalProperties"] = Value(container.Element, false) }
                : new JsonObject { ["type"] = "array", ["items"] = Value(container.Element, false) };
        }

        if (OptionProperties.IsSection(bare))
        {
            return Reference(bare);
        }

        string name = bare == typeof(bool) ? "boolean" : bare == typeof(int) || bare == typeof(long) ? "integer" : bare == typeof(double) ? "number" : "string";
        JsonObject schema = new() { ["type"] = isNullable ? new JsonArray(name, "null") : name };
        if (bare == typeof(TimeSpan))
        {
            schema["pattern"] = Duration;
        }
        else if (bare.IsEnum)
        {
            schema.Remove("type");
            schema["enum"] = new JsonArray([.. Enum.GetNames(bare).Select(n => (JsonNode)n)]);
        }

        return schema;
    }

    // The range of a duration cannot be written as a schema, so it is said. A type's own extremes limit nothing.
    private static string Limit(JsonObject schema, Type type, RangeAttribute range)
    {
        if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(TimeSpan))
        {
            return $" From {range.Minimum} to {range.Maximum}.";
        }

        double minimum = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture);
        double maximum = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);
        schema["minimum"] = Number(minimum);
        if (maximum < int.MaxValue || (maximum > int.MaxValue && maximum < long.MaxValue))
        {
            schema["maximum"] = Number(maximum);
        }

        return "";
    }

    private static JsonNode Number(double value) => value == Math.Floor(value) && Math.Abs(value) < 1e15 ? JsonValue.Create((long)value) : JsonValue.Create(value);

    private static JsonNode? Default(object? value) => value switch
    {
        null => null,
        bool flag => flag,
        int whole => whole,
        long whole => whole,
        double number => Number(number),
        string text => text,
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        Enum named => named.ToString(),
        System.Collections.IDictionary => null,
        System.Collections.ICollection { Count: 0 } => new JsonArray(),
        _ => null,
    };

    // A default that its own rules refuse is there to be replaced.
    private static bool IsRequired(PropertyInfo property, object? value) => property.GetCustomAttribute<OptionHintAttribute>()?.Required == true
        || property.GetCustomAttributes<ValidationAttribute>().Any(rule => !rule.IsValid(value));

    private static void Describe(JsonObject schema, string description)
    {
        if (description.Length > 0)
        {
            schema["description"] = description;
        }
    }

    private static string NameOf(Type type) => type.Name.EndsWith("Options", StringComparison.Ordinal) ? type.Name[..^"Options".Length] : type.Name;
}
