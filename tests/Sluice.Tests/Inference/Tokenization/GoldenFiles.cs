using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Sluice.Inference.Tokenization;

namespace Sluice.Tests.Inference.Tokenization;

/// <summary>The tokenizer files and golden encodings of ../shared, read once a process.</summary>
internal static class GoldenFiles
{
    public const string Folder = "tokenizers/goldens";

    private static readonly Dictionary<string, Lazy<ILookup<string, JsonElement>>> s_rows = new[] { "pool", "edge", "pairs" }
        .ToDictionary(name => name, name => new Lazy<ILookup<string, JsonElement>>(() => Read(name).ToLookup(row => row.GetProperty("tokenizer").GetString()!)));

    public static IEnumerable<JsonElement> Rows(string file, string tokenizer) => s_rows[file].Value[tokenizer];

    public static byte[] Json(string tokenizer)
    {
        string path = Repository.Shared($"tokenizers/{tokenizer}.tokenizer.json");
        return File.Exists(path) ? File.ReadAllBytes(path) : Inflate(path + ".gz");
    }

    public static Tokenizer Load(string tokenizer) => TokenizerFile.Parse(Json(tokenizer), tokenizer);

    public static IEnumerable<JsonElement> Read(string name)
    {
        // Texts hold raw line separators of other kinds, so only the line feed ends a row.
        foreach (string line in Encoding.UTF8.GetString(Inflate(Repository.Shared($"{Folder}/{name}.jsonl.gz"))).Split('\n'))
        {
            if (line.Length > 0)
            {
                yield return JsonDocument.Parse(line).RootElement;
            }
        }
    }

    public static int[] Numbers(JsonElement row, string key) =>
        row.TryGetProperty(key, out JsonElement value) ? [.. value.EnumerateArray().Select(number => number.GetInt32())] : [];

    private static byte[] Inflate(string path)
    {
        using GZipStream packed = new(File.OpenRead(path), CompressionMode.Decompress);
        using MemoryStream plain = new();
        packed.CopyTo(plain);
        return plain.ToArray();
    }
}
