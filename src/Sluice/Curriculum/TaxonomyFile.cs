using System.Text.Json;

namespace Sluice.Curriculum;

/// <summary>Reads the groups out of a <c>taxonomy.json</c>, as <c>sluice study estimate</c> writes it: an object with the lists <c>base</c> and <c>dependent</c>.</summary>
internal static class TaxonomyFile
{
    /// <summary>Key of the base categories.</summary>
    public const string Base = "base";

    /// <summary>Key of the categories in between; every category that neither list names is one of them, so a reader needs it not.</summary>
    public const string Intermediate = "intermediate";

    /// <summary>Key of the dependent categories.</summary>
    public const string Dependent = "dependent";

    /// <summary>Reads the file. Throws <see cref="IOException"/> when it cannot be opened and <see cref="InvalidDataException"/> saying what it holds instead of the two lists.</summary>
    public static CategoryGroups Read(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            using JsonDocument document = JsonDocument.Parse(stream, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return new CategoryGroups(Names(document.RootElement, Base, path), Names(document.RootElement, Dependent, path));
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is no JSON: {exception.Message}", exception);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    private static string[] Names(JsonElement root, string key, string path) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(key, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            && list.EnumerateArray().All(static e => e.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(static e => e.GetString()!)]
            : throw new InvalidDataException($"{path}: found no list of texts under '{key}', expected the categories by name. 'sluice study estimate' writes such a file.");
}
