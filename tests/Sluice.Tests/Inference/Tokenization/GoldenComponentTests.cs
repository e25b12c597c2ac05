using System.Text.Json;
using Sluice.Inference.Tokenization;
using Sluice.Inference.Tokenization.Json;
using Sluice.Inference.Tokenization.Normalizers;
using Sluice.Inference.Tokenization.PreTokenizers;
using Xunit.Abstractions;

namespace Sluice.Tests.Inference.Tokenization;

/// <summary>The golden rows of single normalizers and pre-tokenizers.</summary>
public sealed class GoldenComponentTests(ITestOutputHelper output)
{
    [SharedTheory(GoldenFiles.Folder)]
    [InlineData("normalizer")]
    [InlineData("pre_tokenizer")]
    public void Apply_GoldenRows_GiveTheReferencesText(string kind)
    {
        List<string> failures = [];
        int rows = 0;
        Dictionary<string, Func<string, string>> components = [];
        foreach (JsonElement row in GoldenFiles.Read("components").Where(row => row.GetProperty("kind").GetString() == kind))
        {
            string name = row.TryGetProperty("config", out JsonElement config) ? config.GetRawText() : row.GetProperty("config_from").GetString()!;
            if (name.Contains("UnicodeScripts", StringComparison.Ordinal))
            {
                // Refused at load, see TokenizerFileTests.
                continue;
            }

            if (!components.TryGetValue(name, out Func<string, string>? component))
            {
                component = kind == "normalizer" ? Normalize(row, name) : Split(row, name);
                components.Add(name, component);
            }

            rows++;
            string found = component(row.GetProperty("text").GetString()!);
            JsonElement expectation = row.GetProperty("out");
            string expected = expectation.ValueKind == JsonValueKind.Array
                ? string.Join('\u241F', expectation.EnumerateArray().Select(piece => (piece.ValueKind == JsonValueKind.Array ? piece[0] : piece).GetString()))
                : expectation.GetString()!;
            if (found != expected)
            {
                int same = found.AsSpan().CommonPrefixLength(expected);
                failures.Add($"{name[..Math.Min(name.Length, 150)]} {row.GetProperty("case").GetString()}: found {Show(found, same)}, expected {Show(expected, same)}");
            }
        }

        output.WriteLine($"{kind}: {rows - failures.Count} of {rows} rows, {components.Count} components");
        Assert.True(rows > 3000, $"only {rows} golden rows");
        Assert.True(failures.Count == 0, $"{failures.Count} of {rows} rows differ:\n" + string.Join('\n', failures.Take(40)));
    }

    private static string Show(string text, int from) => string.Join(' ', text.Skip(Math.Max(0, from - 2)).Take(12).Select(c => $"{(int)c:X4}"));

    private static JsonComponent Component(JsonElement row, string name, string key) => row.TryGetProperty("config", out JsonElement config)
        ? new JsonComponent(config, "golden", key)
        : new JsonComponent(JsonDocument.Parse(GoldenFiles.Json(name)).RootElement.GetProperty(key), name, key);

    private static Func<string, string> Normalize(JsonElement row, string name)
    {
        Normalizer normalizer = NormalizerReader.Read(Component(row, name, "normalizer"));
        EncodeState state = new();
        return text =>
        {
            CharBuffer buffer = new();
            normalizer.Apply(text, buffer, state);
            string applied = buffer.Span.ToString();
            Assert.True(!normalizer.Leaves(text) || applied == text, $"{name} says it leaves a text that it changes");
            return applied;
        };
    }

    private static Func<string, string> Split(JsonElement row, string name)
    {
        PieceList pieces = new();
        IPieceTaker chain = PreTokenizerReader.Read(Component(row, name, "pre_tokenizer"), pieces);
        EncodeState state = new();
        return text =>
        {
            pieces.Pieces.Clear();
            if (text.Length > 0)
            {
                Assert.True(chain.Take(text, first: true, state));
            }

            return string.Join('\u241F', pieces.Pieces);
        };
    }

    private sealed class PieceList : IPieceTaker
    {
        public List<string> Pieces { get; } = [];

        public bool Take(ReadOnlySpan<char> piece, bool first, EncodeState state)
        {
            Assert.False(piece.IsEmpty);
            Pieces.Add(piece.ToString());
            return true;
        }
    }
}
