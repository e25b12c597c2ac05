using System.Text.Json;
using Sluice.Inference.Tokenization;

namespace Sluice.Tests.Inference.Tokenization;

/// <summary>A limit must give the front of the full encoding, whichever way the text is read; and threads must not disturb each other.</summary>
public sealed class EarlyStopTests
{
    [SharedTheory(GoldenFiles.Folder)]
    [InlineData("bert-base-uncased")]
    [InlineData("all-mpnet-base-v2")]
    [InlineData("gpt2")]
    [InlineData("phi-3-mini")]
    [InlineData("t5-small")]
    public void EncodePlain_AnyLimit_IsAPrefixOfTheFullEncoding(string name)
    {
        const int Seed = 20240611;
        Random random = new(Seed);
        Tokenizer tokenizer = GoldenFiles.Load(name);
        TokenBuffer full = new();
        TokenBuffer cut = new();
        foreach (string text in Texts(name))
        {
            full.Clear();
            cut.Clear();
            _ = tokenizer.EncodePlain(text, int.MaxValue, full);
            int limit = random.Next(full.Count + 2);

            Assert.Equal(Math.Min(limit, full.Count), tokenizer.EncodePlain(text, limit, cut));
            Assert.True(cut.Ids.SequenceEqual(full.Ids[..cut.Count]), $"{name}, seed {Seed}, limit {limit}: {text}");
        }
    }

    [SharedTheory(GoldenFiles.Folder)]
    [InlineData("bert-base-uncased")]
    [InlineData("gpt2")]
    public void Encode_ManyThreads_GiveWhatOneThreadGives(string name)
    {
        string[] texts = [.. Texts(name)];
        Tokenizer tokenizer = GoldenFiles.Load(name);
        int[][] expected = [.. texts.Select(text => Ids(tokenizer, text))];
        int[][] found = new int[texts.Length * 4][];

        Parallel.For(0, found.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => found[i] = Ids(tokenizer, texts[i % texts.Length]));

        for (int i = 0; i < found.Length; i++)
        {
            Assert.Equal(expected[i % texts.Length], found[i]);
        }
    }

    [SharedFact(GoldenFiles.Folder)]
    public void Encode_WarmTokenizer_AllocatesLittle()
    {
        string[] texts = [.. Texts("gpt2").Take(100)];
        Tokenizer tokenizer = GoldenFiles.Load("bert-base-uncased");
        TokenBuffer buffer = new();
        void EncodeAll()
        {
            foreach (string text in texts)
            {
                buffer.Clear();
                _ = tokenizer.Encode(text, 512, buffer);
            }
        }

        EncodeAll();
        EncodeAll();
        long before = GC.GetAllocatedBytesForCurrentThread();
        EncodeAll();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // About 60 tokens a text: an int a token would be 240 bytes. Not 0, as an idle state (10 KB once) may be gone by then.
        Assert.True(allocated < 120 * texts.Length, $"{allocated} bytes for {texts.Length} texts");
    }

    private static int[] Ids(Tokenizer tokenizer, string text)
    {
        TokenBuffer buffer = new();
        _ = tokenizer.Encode(text, int.MaxValue, buffer);
        return buffer.Ids.ToArray();
    }

    private static IEnumerable<string> Texts(string name) => new[] { "pool", "edge" }
        .SelectMany(file => GoldenFiles.Rows(file, name))
        .Select((JsonElement row) => row.GetProperty("text").GetString()!)
        .Distinct();
}
