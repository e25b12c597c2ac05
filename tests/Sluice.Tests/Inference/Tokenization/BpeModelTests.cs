using Sluice.Inference.Tokenization;
using Sluice.Inference.Tokenization.Models;

namespace Sluice.Tests.Inference.Tokenization;

public sealed class BpeModelTests
{
    // Both ways to merge, the scan for short words and the heap for long ones, against merging pair by pair as the definition says.
    [Fact]
    public void Encode_RandomMerges_MergesLowestRankLeftmostFirst()
    {
        const int Seed = 4711;
        Random random = new(Seed);
        for (int round = 0; round < 300; round++)
        {
            (Vocabulary vocabulary, MergeTable table, Dictionary<(string, string), int> ranks) = RandomModel(random);
            BpeModel model = new(vocabulary, table, new BpeOptions());
            string word = new([.. Enumerable.Range(0, random.Next(1, 160)).Select(_ => (char)('a' + random.Next(3)))]);
            IdList ids = new();

            model.Encode(word, ids, new EncodeState());

            int[] expected = [.. MergeSlowly(word, ranks).Select(token => vocabulary.Find(token))];
            Assert.True(ids.Span.SequenceEqual(expected), $"seed {Seed}, round {round}: {word}");
        }
    }

    private static (Vocabulary Vocabulary, MergeTable Table, Dictionary<(string, string), int> Ranks) RandomModel(Random random)
    {
        List<string> tokens = ["a", "b", "c"];
        Dictionary<string, int> ids = new() { ["a"] = 0, ["b"] = 1, ["c"] = 2 };
        Dictionary<(string, string), int> ranks = [];
        MergeTable table = new(30);
        for (int rank = 0; rank < 30; rank++)
        {
            string left = tokens[random.Next(tokens.Count)];
            string right = tokens[random.Next(tokens.Count)];
            if (!ranks.TryAdd((left, right), rank))
            {
                continue;
            }

            if (ids.TryAdd(left + right, ids.Count))
            {
                tokens.Add(left + right);
            }

            table.Add(ids[left], ids[right], rank, ids[left + right]);
        }

        return (new Vocabulary(ids), table, ranks);
    }

    private static List<string> MergeSlowly(string word, Dictionary<(string, string), int> ranks)
    {
        List<string> symbols = [.. word.Select(c => c.ToString())];
        while (true)
        {
            int best = -1;
            int bestRank = int.MaxValue;
            for (int i = 0; i + 1 < symbols.Count; i++)
            {
                if (ranks.TryGetValue((symbols[i], symbols[i + 1]), out int rank) && rank < bestRank)
                {
                    best = i;
                    bestRank = rank;
                }
            }

            if (best < 0)
            {
                return symbols;
            }

            symbols[best] += symbols[best + 1];
            symbols.RemoveAt(best + 1);
        }
    }
}
