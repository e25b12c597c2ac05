using System.IO.Compression;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Sluice.Inference.Tokenization;

namespace Sluice.Benchmarks.Tokenization;

/// <summary>1,500 instruction rows through a tokenizer on one thread, cut to 512 tokens or whole. Divide <see cref="Tokens"/> by the time for tokens/s.</summary>
[MemoryDiagnoser]
public class EncodeBenchmarks
{
    private readonly TokenBuffer _buffer = new();
    private Tokenizer _tokenizer = null!;
    private string[] _texts = [];

    /// <summary>The tokenizer file of ../shared/tokenizers.</summary>
    [Params("bert-base-uncased", "gpt2", "qwen2", "t5-small", "mistral-7b-v0.1")]
    public string Name { get; set; } = string.Empty;

    /// <summary>Most tokens a text gives.</summary>
    [Params(512, int.MaxValue)]
    public int MaxTokens { get; set; }

    /// <summary>Tokens of one pass.</summary>
    public long Tokens { get; private set; }

    [GlobalSetup]
    public void Setup()
    {
        string shared = FindShared();
        string file = Path.Combine(shared, "tokenizers", Name + ".tokenizer.json");
        _tokenizer = TokenizerFile.Parse(File.Exists(file) ? File.ReadAllBytes(file) : Inflate(file + ".gz"), Name);
        _texts = [.. System.Text.Encoding.UTF8.GetString(Inflate(Path.Combine(shared, "data", "bench", "texts_15000.jsonl.gz")))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where((_, i) => i % 10 == 0)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!)];
        Tokens = Encode();
        Console.WriteLine($"// {Name}, at most {MaxTokens}: {Tokens} tokens a pass");
    }

    [Benchmark]
    public long Encode()
    {
        long tokens = 0;
        foreach (string text in _texts)
        {
            _buffer.Clear();
            tokens += _tokenizer.Encode(text, MaxTokens, _buffer);
        }

        return tokens;
    }

    private static string FindShared()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Stream.sln")))
            {
                return Path.Combine(at.FullName, "..", "shared");
            }
        }

        throw new DirectoryNotFoundException($"No Stream.sln above {AppContext.BaseDirectory}.");
    }

    private static byte[] Inflate(string path)
    {
        using GZipStream packed = new(File.OpenRead(path), CompressionMode.Decompress);
        using MemoryStream plain = new();
        packed.CopyTo(plain);
        return plain.ToArray();
    }
}
