using Sluice.Records;

namespace Sluice.Tests.Inference;

/// <summary>Row batches of "w12 w7 ..." texts.</summary>
internal static class TestRows
{
    public static RowBatch Batch(params string[] instructions) => new()
    {
        Sequence = 0,
        Rejections = [],
        Samples = [.. instructions.Select((text, i) => new Sample(
            new RowOrigin(0, i + 1, i * 100), default, [new Turn(Role.User, text.AsText()), new Turn(Role.Assistant, $"w{(i % 20) + 3}".AsText())], text.AsText()))],
    };

    public static string[] RandomTexts(int count, int longest, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(longest + 1)).Select(_ => $"w{random.Next(3, TestModels.Vocabulary)}")))];
    }

    public static int[] Ids(string text, int most = 16) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => int.Parse(word[1..], System.Globalization.CultureInfo.InvariantCulture)).Take(most)];

    public static ReadOnlyMemory<char>[] Memories(IEnumerable<string> texts) => [.. texts.Select(text => text.AsMemory())];
}
