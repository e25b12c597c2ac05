using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Sluice.Configuration;
using Sluice.Recipes;
using Sluice.Sources;

namespace Sluice.Host.Settings;

/// <summary>Lists the configuration in force, a key with its value and where that is said.</summary>
internal sealed class SettingsListing
{
    private readonly IConfigurationRoot _root;
    private readonly List<ResolvedSetting> _settings = [];

    private SettingsListing(IConfigurationRoot root) => _root = root;

    /// <summary>Every key, those nobody has stated with their defaults.</summary>
    /// <param name="root">The configuration.</param>
    /// <param name="name">Name of the run where no layer states one.</param>
    public static IReadOnlyList<ResolvedSetting> Of(IConfigurationRoot root, string name)
    {
        SettingsListing listing = new(root);
        listing.Scalar("Name", name);
        listing.List("Sources", typeof(SourceSpec));
        listing.Recipe();
        foreach ((string key, Type options) in SettingsCatalog.Sections)
        {
            listing.Section(key, options);
        }

        return listing._settings;
    }

    private void Recipe()
    {
        foreach (IConfigurationSection entry in _root.GetSection("Recipe").GetChildren())
        {
            foreach (string key in StepCatalog.CommonKeys.Where(k => k == StepCatalog.StepKey || entry[k] is not null))
            {
                Scalar($"{entry.Path}:{key}", null);
            }

            // An unknown step has no options to list; validate says what is wrong with it.
            if (StepCatalog.Steps.TryGetValue(entry[StepCatalog.StepKey] ?? "", out StepKind? kind))
            {
                Section(entry.Path, kind.Options);
            }
        }
    }

    private void Section(string path, Type type)
    {
        object defaults = OptionProperties.Defaults(type);
        foreach (PropertyInfo property in OptionProperties.Of(type))
        {
            Value($"{path}:{property.Name}", property.PropertyType, property.GetValue(defaults));
        }
    }

    private void Value(string key, Type type, object? value)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        if (OptionProperties.Container(bare) is { } container)
        {
            List(key, container.Element);
        }
        else if (OptionProperties.IsSection(bare))
        {
            // One that is absent by default has no keys unless someone states them.
            if (value is not null || _root.GetSection(key).GetChildren().Any())
            {
                Section(key, bare);
            }
            else
            {
                Scalar(key, null);
            }
        }
        else
        {
            Scalar(key, Text(value));
        }
    }

    private void List(string key, Type element)
    {
        IConfigurationSection[] children = [.. _root.GetSection(key).GetChildren()];
        foreach (IConfigurationSection child in children)
        {
            Value($"{key}:{child.Key}", element, OptionProperties.IsSection(element) ? OptionProperties.Defaults(element) : null);
        }

        if (children.Length == 0)
        {
            Scalar(key, null);
        }
    }

    private void Scalar(string key, string? otherwise)
    {
        string? origin = ConfigurationOrigins.Of(_root, key);
        _settings.Add(new ResolvedSetting(key, origin is null ? otherwise : _root[key], origin ?? ConfigurationOrigins.Default));
    }

    private static string? Text(object? value) => value switch
    {
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : value is null ? null : "",
    };
}
