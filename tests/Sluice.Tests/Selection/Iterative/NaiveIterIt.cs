using System.Text.RegularExpressions;

namespace Sluice.Tests.Selection.Iterative;

/// <summary>IterIT's diversity as its authors run it: a whole matrix, summed anew for every choice. For lower-case ASCII texts.</summary>
internal sealed class NaiveIterIt
{
    private readonly Dictionary<string, double>[] _rows;

    public NaiveIterIt(IReadOnlyList<string> texts)
    {
        Dictionary<string, int>[] counts = [.. texts.Select(Count)];
        Dictionary<string, double> idf = counts.SelectMany(c => c.Keys).GroupBy(g => g).ToDictionary(g => g.Key, g => Math.Log((1.0 + texts.Count) / (1.0 + g.Count())) + 1);
        Idf = idf;
        _rows = [.. counts.Select(row =>
        {
            double norm = Math.Sqrt(row.Sum(g => Math.Pow(g.Value * idf[g.Key], 2)));
            return row.ToDictionary(g => g.Key, g => g.Value * idf[g.Key] / norm);
        })];
    }

    public IReadOnlyDictionary<string, double> Idf { get; }

    public double[] Sums() => [.. _rows.Select(row => row.Values.Sum())];

    /// <summary>The choices; a chosen document takes no further part.</summary>
    public List<int> Pick(double[] scores, int count, double decay)
    {
        List<int> picks = [];
        while (picks.Count < Math.Min(count, scores.Length))
        {
            double[] sums = Sums();
            int best = Enumerable.Range(0, scores.Length).Where(i => !picks.Contains(i)).OrderByDescending(i => Math.Round(scores[i] * sums[i], 11)).ThenBy(i => i).First();
            picks.Add(best);
            Take(best, decay);
        }

        return picks;
    }

    /// <summary>Multiplies the n-grams of a document by the decay in all others, and empties it.</summary>
    public void Take(int document, double decay)
    {
        foreach (string gram in _rows[document].Keys)
        {
            foreach (Dictionary<string, double> row in _rows.Where(r => r.ContainsKey(gram)))
            {
                row[gram] *= decay;
            }
        }

        _rows[document].Clear();
    }

    private static Dictionary<string, int> Count(string text)
    {
        string[] words = [.. Regex.Matches(text.ToLowerInvariant(), @"\b\w\w+\b").Select(m => m.Value)];
        return Enumerable.Range(1, 3).SelectMany(n => Enumerable.Range(0, Math.Max(0, words.Length - n + 1)).Select(i => string.Join(' ', words[i..(i + n)])))
            .GroupBy(g => g).ToDictionary(g => g.Key, g => g.Count());
    }
}
