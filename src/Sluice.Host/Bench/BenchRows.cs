using Sluice.Demo;
using Sluice.Records;

namespace Sluice.Host.Bench;

/// <summary>Made-up rows to measure models on: no data is needed. The same every time.</summary>
internal static class BenchRows
{
    private const long Seed = 2024;
    private const int WordRows = 500;

    /// <summary>Rows as the demo pool has them, in its mix of lengths.</summary>
    public static IReadOnlyList<RowBatch> Mixed(int rows, int batchRows) => Batches(rows, batchRows, MixedSamples());

    /// <summary>Rows of the demo's words with so many tokens each, or as many as the last whole word allows.</summary>
    /// <param name="tokens">Tokens of a row.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="batchRows">Rows of a batch.</param>
    /// <param name="count">Tokens of a row, not cut.</param>
    public static IReadOnlyList<RowBatch> OfLength(int tokens, int rows, int batchRows, Func<Sample, int> count)
    {
        string[] words = Words();
        return Batches(rows, batchRows, Enumerable.Range(0, rows).Select(row => Longest(words, row, tokens, count)));
    }

    private static List<RowBatch> Batches(int rows, int batchRows, IEnumerable<Sample> samples) =>
        [.. samples.Take(rows).Chunk(batchRows).Select((chunk, i) => new RowBatch { Sequence = i, Samples = chunk, Rejections = [] })];

    private static IEnumerable<Sample> MixedSamples()
    {
        DemoRows source = new(Seed);
        DemoRow row = new();
        for (long index = 0; ; index++)
        {
            source.Fill(index, row);
            string instruction = row.Instruction.Span.ToString();
            string prompt = row.Input.Length > 0 ? $"{instruction}\n{row.Input.Span}" : instruction;
            yield return Sample(index, instruction, prompt, row.Output.Span.ToString());
        }
    }

    private static string[] Words() => [.. MixedSamples().Take(WordRows)
        .SelectMany(sample => sample.Turns)
        .SelectMany(turn => turn.Text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];

    // The most words, from a place of the row's own, that stay within the tokens; at least one.
    private static Sample Longest(string[] words, int row, int tokens, Func<Sample, int> count)
    {
        int least = 1;
        int most = Math.Max(1, tokens);
        while (least < most)
        {
            int middle = (least + most + 1) / 2;
            if (count(OfWords(words, row, middle)) <= tokens)
            {
                least = middle;
            }
            else
            {
                most = middle - 1;
            }
        }

        return OfWords(words, row, least);
    }

    // Each text has all the words: a view of one text is as long as asked, a view of both takes fewer words of each.
    private static Sample OfWords(string[] words, int row, int count)
    {
        // A step without a common factor with usual counts: neighbours begin elsewhere.
        IEnumerable<string> run = Enumerable.Range(0, count).Select(i => words[((row * 1009) + i) % words.Length]);
        string text = string.Join(' ', run);
        return Sample(row, text, text, text);
    }

    private static Sample Sample(long index, string instruction, string prompt, string answer) => new(
        new RowOrigin(0, index + 1, 0), default, [new Turn(Role.User, Utf8Text.Of(prompt)), new Turn(Role.Assistant, Utf8Text.Of(answer))], Utf8Text.Of(instruction));
}
