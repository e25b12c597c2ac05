using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Sluice.Configuration;

/// <summary>The options of a class as configuration names them: what the reader reads, the schema describes and the listing lists.</summary>
internal static class OptionProperties
{
    /// <summary>The properties that configuration may set, a base class's first, in the order they are declared.</summary>
    public static IReadOnlyList<PropertyInfo> Of(Type type)
    {
        List<PropertyInfo> all = [];
        for (Type? at = type; at is not null && at != typeof(object); at = at.BaseType)
        {
            all.InsertRange(0, at.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(p => p.SetMethod is not null));
        }

        return all;
    }

    /// <summary>An options object with its defaults.</summary>
    public static object Defaults(Type type) => type.GetConstructor([])?.Invoke(null)
        ?? throw new InvalidOperationException($"{type} has no parameterless constructor. This is a bug.");

    /// <summary>The values a text option may have; empty when any.</summary>
    public static IReadOnlyList<string> Values(PropertyInfo property)
    {
        if (property.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed)
        {
            return [.. allowed.Values.Select(v => v?.ToString() ?? "")];
        }

        return property.GetCustomAttribute<RegularExpressionAttribute>() is { } pattern && Alternatives(pattern.Pattern) is { } words ? words
            : property.GetCustomAttribute<OptionHintAttribute>()?.Values ?? [];
    }

    /// <summary>What an element of a list or a map is; null for a type that is neither.</summary>
    public static (Type Element, bool IsMap)? Container(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() is { } generic && (generic == typeof(IReadOnlyDictionary<,>) || generic == typeof(Dictionary<,>)))
        {
            return (type.GetGenericArguments()[1], true);
        }

        return type != typeof(string) && typeof(System.Collections.IEnumerable).IsAssignableFrom(type)
            ? (type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0], false)
            : null;
    }

    /// <summary>Whether a type is an options class of its own.</summary>
    public static bool IsSection(Type type) => type.IsClass && type != typeof(string) && Container(type) is null;

    /// <summary>The alternatives of a pattern that is nothing but a list of words, such as <c>(?i)^(chat|completions)$</c>; null for others.</summary>
    public static string[]? Alternatives(string pattern)
    {
        string bare = pattern.Replace("(?i)", "", StringComparison.Ordinal);
        return bare.StartsWith("^(", StringComparison.Ordinal) && bare.EndsWith(")$", StringComparison.Ordinal) && bare[2..^2].All(c => char.IsLetterOrDigit(c) || c is '|' or '-' or '_')
            ? bare[2..^2].Split('|')
            : null;
    }
}
