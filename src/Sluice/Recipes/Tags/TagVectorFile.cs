using System.Text.Json;
using Sluice.Records;
using Sluice.Selection.Tagging;

namespace Sluice.Recipes.Tags;

/// <summary>Vectors of tags out of a file: JSON Lines, <c>{"tag": "...", "vector": [...]}</c>.</summary>
/// <param name="path">The file.</param>
internal sealed class TagVectorFile(string path) : ITagVectors
{
    private const int Named = 5;

    /// <inheritdoc/>
    public VectorData Vectors(IReadOnlyList<string> tags, CancellationToken token)
    {
        Dictionary<string, int> wanted = tags.Select((t, i) => (t, i)).ToDictionary(p => p.t, p => p.i, StringComparer.Ordinal);
        float[]?[] found = new float[]?[tags.Count];
        int width = 0;
        int number = 0;
        foreach (string line in Lines())
        {
            token.ThrowIfCancellationRequested();
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                (string tag, float[] vector) = Parse(line, number);
                width = width == 0 ? vector.Length : width;
                if (vector.Length != width)
                {
                    throw new InvalidDataException($"{path}, line {number}: found a vector of {vector.Length} numbers, expected {width} as in the lines before.");
                }

                if (wanted.TryGetValue(tag, out int place))
                {
                    found[place] = vector;
                }
            }
        }

        string[] missing = [.. tags.Where((_, i) => found[i] is null)];
        return missing.Length == 0
            ? new VectorData([.. found.SelectMany(v => v!)], width)
            : throw new InvalidDataException(
                $"{path} has no vector for {missing.Length} of {tags.Count} tags, such as {string.Join(", ", missing.Take(Named).Select(t => $"'{t}'"))}. Add them, in lower case, or leave Vectors out.");
    }

    private IEnumerable<string> Lines()
    {
        using StreamReader reader = new(path);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private (string Tag, float[] Vector) Parse(string line, int number)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            string tag = json.RootElement.GetProperty("tag").GetString() ?? throw new InvalidOperationException();
            float[] vector = [.. json.RootElement.GetProperty("vector").EnumerateArray().Select(v => v.GetSingle())];
            return vector.Length > 0 && vector.All(float.IsFinite) ? (tag, vector) : throw new InvalidOperationException();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path}, line {number}: found no object with a tag and a vector of finite numbers, expected such as {{\"tag\": \"poetry\", \"vector\": [0.1, 0.2]}}.", exception);
        }
    }
}
