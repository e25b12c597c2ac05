using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sluice.Inference.Tokenization;

namespace Sluice.Benchmarks.Tokenization;

/// <summary>
/// Tokens a second of a whole file, uncut: <c>encode TOKENIZER.json FILE [THREADS...]</c> (default 1 2). One line a thread count, as
/// <c>bench/tokenizer_peer.mjs</c> prints them: name, threads, texts, tokens, tokens/s (median of five rounds), digest of all ids in order. Each round begins with a tokenizer
/// that has seen nothing: its memory of words would else hold the whole file.
/// </summary>
internal static class EncodeRate
{
    private const int TextsABatch = 256;

    /// <summary>Runs the mode; false when the arguments do not name it.</summary>
    public static async Task<bool> RunAsync(string[] args)
    {
        if (args is not ["encode", string file, string rows, .. string[] counts])
        {
            return false;
        }

        byte[] json = TextFile.Bytes(file);
        Tokenizer tokenizer = TokenizerFile.Parse(json, file);
        string[][] batches = [.. TextFile.Texts(rows).Chunk(TextsABatch)];
        int[] threads = counts.Length == 0 ? [1, 2] : [.. counts.Select(c => int.Parse(c, CultureInfo.InvariantCulture))];
        (double Wall, double Cpu)[][] times = await Rounds.MeasureAsync([.. threads.Select<int, Func<Task>>(count => () =>
        {
            Encode(tokenizer, batches, count, static (_, _) => { });
            return Task.CompletedTask;
        })], () => tokenizer = TokenizerFile.Parse(json, file));
        for (int i = 0; i < threads.Length; i++)
        {
            var ids = new int[batches.Length][];
            long tokens = Encode(tokenizer, batches, threads[i], (batch, buffer) => ids[batch] = buffer.Ids.ToArray());
            double rate = tokens / Rounds.Median(times[i].Select(static t => t.Wall));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"ours threads {threads[i]} texts {batches.Sum(static b => b.Length)} tokens {tokens} tokens/s {rate:0} ids {Digest(ids)}"));
        }

        return true;
    }

    private static long Encode(Tokenizer tokenizer, string[][] batches, int threads, Action<int, TokenBuffer> taken)
    {
        long tokens = 0;
        if (threads == 1)
        {
            TokenBuffer buffer = new();
            for (int batch = 0; batch < batches.Length; batch++)
            {
                tokens += Encode(tokenizer, batches[batch], buffer);
                taken(batch, buffer);
            }

            return tokens;
        }

        Parallel.For(0, batches.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, static () => new TokenBuffer(), (batch, _, buffer) =>
        {
            Interlocked.Add(ref tokens, Encode(tokenizer, batches[batch], buffer));
            taken(batch, buffer);
            return buffer;
        }, static _ => { });
        return tokens;
    }

    private static long Encode(Tokenizer tokenizer, string[] texts, TokenBuffer buffer)
    {
        buffer.Clear();
        foreach (string text in texts)
        {
            tokenizer.Encode(text, int.MaxValue, buffer);
        }

        return buffer.Count;
    }

    // Of the ids as little-endian 32-bit numbers.
    private static string Digest(int[][] ids)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (int[] batch in ids)
        {
            hash.AppendData(MemoryMarshal.AsBytes(batch.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
