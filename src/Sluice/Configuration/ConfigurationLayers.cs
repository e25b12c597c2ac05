using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Sluice.Configuration;

/// <summary>
/// One configuration out of its layers, later ones winning: appsettings.json beside the program, appsettings.json in the current directory, the pipeline or
/// recipe file, environment variables that begin with <c>SLUICE__</c>, and <c>--set</c>.
/// </summary>
public static class ConfigurationLayers
{
    /// <summary>Prefix of environment variables; two underscores stand for a colon: <c>SLUICE__Flow__Parallelism=2</c>.</summary>
    public const string EnvironmentPrefix = "SLUICE__";

    private const string SettingsFile = "appsettings.json";

    /// <summary>Builds the configuration. Throws <see cref="ConfigurationException"/> when a file is missing or no JSON, or a setting is not <c>Key=value</c>.</summary>
    /// <param name="file">A pipeline file, a recipe file (a list of steps), or null.</param>
    /// <param name="sets">Settings of the command line, <c>Section:Key=value</c> each.</param>
    public static IConfigurationRoot Build(string? file, IReadOnlyList<string> sets)
    {
        ConfigurationBuilder builder = new();
        AddFile(builder, Path.Combine(AppContext.BaseDirectory, SettingsFile), $"{SettingsFile} (beside the program)", optional: true);
        string current = Path.GetFullPath(SettingsFile);
        if (current != Path.Combine(AppContext.BaseDirectory, SettingsFile))
        {
            AddFile(builder, current, $"./{SettingsFile}", optional: true);
        }

        if (file is not null)
        {
            AddFile(builder, Path.GetFullPath(file), file, optional: false);
        }

        builder.AddEnvironmentVariables(EnvironmentPrefix);
        // A key that is set twice takes the last value, as in the layers below.
        builder.AddInMemoryCollection(Overrides(sets).GroupBy(o => o.Key, StringComparer.OrdinalIgnoreCase).Select(same => same.Last()));
        return builder.Build();
    }

    /// <summary>The files that a configuration is made of, there or not, in the order of the layers; absolute paths.</summary>
    public static IReadOnlyList<string> Files(string? file) =>
        [.. ((string?[])[Path.Combine(AppContext.BaseDirectory, SettingsFile), Path.GetFullPath(SettingsFile), file is null ? null : Path.GetFullPath(file)]).OfType<string>().Distinct()];

    /// <summary>The keys and values of <c>--set</c>. Throws <see cref="ConfigurationException"/> naming each that is not <c>Key=value</c>.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> Overrides(IReadOnlyList<string> sets)
    {
        List<ConfigurationError> errors = [];
        List<KeyValuePair<string, string?>> pairs = [];
        foreach (string set in sets)
        {
            int equals = set.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                errors.Add(new("--set", $"Found '{set}', expected Section:Key=value, such as Flow:Parallelism=2."));
                continue;
            }

            pairs.Add(new(set[..equals].Trim(), set[(equals + 1)..].Trim()));
        }

        return errors.Count > 0 ? throw new ConfigurationException(errors) : pairs;
    }

    private static void AddFile(ConfigurationBuilder builder, string path, string name, bool optional)
    {
        if (!File.Exists(path))
        {
            if (optional)
            {
                return;
            }

            throw new ConfigurationException([new(path, "The file does not exist.")]);
        }

        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            using JsonDocument document = JsonDocument.Parse(bytes, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            // A recipe of its own is a list of steps; the configuration wants an object around it.
            if (document.RootElement.ValueKind == JsonValueKind.Array)
            {
                bytes = Encoding.UTF8.GetBytes($"{{\"Recipe\":{document.RootElement.GetRawText()}}}");
            }

            builder.Add(new NamedJsonSource { Name = name, Stream = new MemoryStream(bytes) });
            // Built at once, so that a fault of this file is reported with its name.
            _ = new ConfigurationBuilder().AddJsonStream(new MemoryStream(bytes)).Build();
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidDataException)
        {
            throw new ConfigurationException([new(path, $"The file is not valid JSON: {(exception.InnerException ?? exception).Message}")]);
        }
    }
}
