using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sluice.TestTrainer;

/// <summary>How often each word of a small vocabulary follows each other one.</summary>
internal sealed partial class TokenCounts
{
    public const string Unknown = "[UNK]";
    private const int Words = 400;
    private const string FileName = "counts.json";

    /// <summary>The vocabulary: the first rows' most frequent words, the unknown word first.</summary>
    public List<string> Vocabulary { get; private set; } = [];

    /// <summary>Vocabulary x vocabulary: current word, next word.</summary>
    public float[] Pairs { get; private set; } = [];

    public static TokenCounts? Load(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return new TokenCounts
        {
            Vocabulary = [.. document.RootElement.GetProperty("vocabulary").EnumerateArray().Select(w => w.GetString()!)],
            Pairs = [.. document.RootElement.GetProperty("pairs").EnumerateArray().Select(n => n.GetSingle())],
        };
    }

    public void Save(string folder) => File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(new { vocabulary = Vocabulary, pairs = Pairs }));

    public void Add(string selected)
    {
        List<string[]> rows = [.. File.ReadLines(selected).Select(line => Cut(line))];
        if (Vocabulary.Count == 0)
        {
            Vocabulary = [Unknown, .. rows.SelectMany(r => r).GroupBy(w => w).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(Words).Select(g => g.Key)];
            Pairs = new float[Vocabulary.Count * Vocabulary.Count];
        }

        Dictionary<string, int> ids = Vocabulary.Select((w, i) => (w, i)).ToDictionary(p => p.w, p => p.i);
        foreach (string[] words in rows)
        {
            for (int i = 1; i < words.Length; i++)
            {
                Pairs[(ids.GetValueOrDefault(words[i - 1]) * Vocabulary.Count) + ids.GetValueOrDefault(words[i])]++;
            }
        }
    }

    private static string[] Cut(string line)
    {
        using JsonDocument row = JsonDocument.Parse(line);
        string text = string.Join(' ', row.RootElement.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).Select(p => p.Value.GetString()));
        return [.. WordPattern().Matches(text.ToLower(CultureInfo.InvariantCulture)).Select(m => m.Value)];
    }

    [GeneratedRegex(@"\w+|[^\w\s]+")]
    private static partial Regex WordPattern();
}
