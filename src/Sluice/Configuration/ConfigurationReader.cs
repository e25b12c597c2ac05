using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Sluice.Diagnostics;

namespace Sluice.Configuration;

/// <summary>
/// Reads options objects from configuration and collects every mistake: unknown keys (with the nearest known one), values of another type, values out of range.
/// The framework's binder stops at the first unknown key, and a user with three typing errors should not need three runs.
/// </summary>
internal sealed class ConfigurationReader(List<ConfigurationError> errors)
{
    /// <summary>Reads an options object; absent keys keep the property's default.</summary>
    public T Read<T>(IConfigurationSection section, params ReadOnlySpan<string> alsoKnown)
        where T : class, new()
    {
        T result = new();
        Fill(result, section, alsoKnown);
        return result;
    }

    private void Fill(object target, IConfigurationSection section, ReadOnlySpan<string> alsoKnown)
    {
        Dictionary<string, PropertyInfo> known = OptionProperties.Of(target.GetType()).ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        if (section.Value is { Length: > 0 } scalar)
        {
            errors.Add(new(section.Path, $"Found the value '{scalar}', expected an object with {Names(known.Keys)}."));
            return;
        }

        foreach (IConfigurationSection child in section.GetChildren())
        {
            if (known.TryGetValue(child.Key, out PropertyInfo? property))
            {
                Set(target, property, child);
            }
            else if (!Contains(alsoKnown, child.Key))
            {
                errors.Add(new(child.Path, $"Unknown key.{Suggestion.DidYouMean(child.Key, known.Keys)} Known here: {Names(known.Keys)}."));
            }
        }
    }

    private void Set(object target, PropertyInfo property, IConfigurationSection section)
    {
        if (!TryConvert(section, property.PropertyType, out object? value))
        {
            return;
        }

        // Stated as nothing: what cannot be nothing keeps its default.
        if (value is null && new NullabilityInfoContext().Create(property).WriteState == NullabilityState.NotNull)
        {
            return;
        }

        foreach (ValidationAttribute rule in property.GetCustomAttributes<ValidationAttribute>())
        {
            if (value is not null && !rule.IsValid(value))
            {
                errors.Add(new(section.Path, $"Found {Show(value)}, expected {Expectation(rule)}.{Meant(value, OptionProperties.Values(property))}"));
                return;
            }
        }

        property.SetValue(target, value);
    }

    private bool TryConvert(IConfigurationSection section, Type type, out object? value)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        value = null;
        if (bare.IsGenericType && bare.GetGenericTypeDefinition() is { } generic
            && (generic == typeof(IReadOnlyDictionary<,>) || generic == typeof(Dictionary<,>)))
        {
            Type element = bare.GetGenericArguments()[1];
            var map = (IDictionary)OptionProperties.Defaults(typeof(Dictionary<,>).MakeGenericType(typeof(string), element));
            foreach (IConfigurationSection child in section.GetChildren())
            {
                if (TryConvert(child, element, out object? item))
                {
                    map[child.Key] = item;
                }
            }

            value = map;
            return true;
        }

        if (bare != typeof(string) && typeof(IEnumerable).IsAssignableFrom(bare))
        {
            Type element = bare.IsArray ? bare.GetElementType()! : bare.GetGenericArguments()[0];
            var list = (IList)OptionProperties.Defaults(typeof(List<>).MakeGenericType(element));
            if (section.Value is { Length: > 0 })
            {
                errors.Add(new(section.Path, $"Found '{section.Value}', expected a list."));
                return false;
            }

            foreach (IConfigurationSection child in section.GetChildren())
            {
                if (TryConvert(child, element, out object? item))
                {
                    list.Add(item);
                }
            }

            if (bare.IsArray)
            {
                Array array = Array.CreateInstance(element, list.Count);
                list.CopyTo(array, 0);
                value = array;
            }
            else
            {
                value = list;
            }

            return true;
        }

        if (bare.IsClass && bare != typeof(string))
        {
            value = OptionProperties.Defaults(bare);
            Fill(value, section, []);
            return true;
        }

        return TryScalar(section, type, bare, out value);
    }

    private bool TryScalar(IConfigurationSection section, Type type, Type bare, out object? value)
    {
        value = null;
        if (section.GetChildren().Any())
        {
            errors.Add(new(section.Path, $"Found an object or a list, expected {Kind(bare)}."));
            return false;
        }

        string? text = section.Value;
        if (text is null || (text.Length == 0 && bare != typeof(string)))
        {
            if (bare != type || !bare.IsValueType)
            {
                return true;
            }

            errors.Add(new(section.Path, $"Found nothing, expected {Kind(bare)}."));
            return false;
        }

        value = Scalar(text, bare);
        if (value is null)
        {
            errors.Add(new(section.Path, $"Found '{text}', expected {Kind(bare)}.{Meant(text, bare.IsEnum ? Enum.GetNames(bare) : [])}"));
        }

        return value is not null;
    }

    private static object? Scalar(string text, Type type)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        if (type == typeof(string))
        {
            return text;
        }

        if (type == typeof(bool))
        {
            return bool.TryParse(text, out bool flag) ? flag : null;
        }

        if (type == typeof(int))
        {
            return int.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out int whole) ? whole : null;
        }

        if (type == typeof(long))
        {
            return long.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out long whole) ? whole : null;
        }

        if (type == typeof(double))
        {
            return double.TryParse(text, NumberStyles.Float, invariant, out double number) && double.IsFinite(number) ? number : null;
        }

        if (type == typeof(TimeSpan))
        {
            return TimeSpan.TryParse(text, invariant, out TimeSpan span) ? span : null;
        }

        return type.IsEnum && Enum.TryParse(type, text, ignoreCase: true, out object? named) ? named : null;
    }

    private static string Kind(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(double) ? "a number"
        : type == typeof(TimeSpan) ? "a duration such as 00:00:30"
        : type.IsEnum ? $"one of {Names(Enum.GetNames(type))}"
        : "a text";

    private static string Expectation(ValidationAttribute rule) => rule switch
    {
        RangeAttribute range => string.Create(CultureInfo.InvariantCulture, $"a value from {range.Minimum} to {range.Maximum}"),
        AllowedValuesAttribute allowed => $"one of {Names(allowed.Values.Select(v => v?.ToString() ?? ""))}",
        RegularExpressionAttribute pattern when OptionProperties.Alternatives(pattern.Pattern) is { } words => $"one of {string.Join(", ", words.Select(w => w.Length == 0 ? "nothing" : w))}",
        RequiredAttribute => "a text that is not empty",
        _ => rule.FormatErrorMessage("this value"),
    };

    private static string Meant(object found, IReadOnlyList<string> values) =>
        found is string text && values.Count > 0 ? Suggestion.DidYouMean(text, values.Where(v => v.Length > 0)) : "";

    private static string Show(object value) => value is string text ? $"'{text}'" : string.Create(CultureInfo.InvariantCulture, $"{value}");

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    private static bool Contains(ReadOnlySpan<string> names, string name)
    {
        foreach (string candidate in names)
        {
            if (string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
