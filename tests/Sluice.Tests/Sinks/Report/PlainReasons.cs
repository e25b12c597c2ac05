using System.Text;

namespace Sluice.Tests.Sinks.Report;

/// <summary>The kinds of reasons, counted the plain way: every number cut out of every reason.</summary>
internal sealed class PlainReasons
{
    private readonly Dictionary<string, List<List<string>>> _kinds = new(StringComparer.Ordinal);

    public void Add(string reason)
    {
        StringBuilder words = new();
        List<string> numbers = [];
        for (int i = 0; i < reason.Length;)
        {
            int end = NumberEnd(reason, i);
            words.Append(end > i ? "\u0001" : reason[i].ToString());
            if (end > i)
            {
                numbers.Add(reason[i..end]);
            }

            i = Math.Max(end, i + 1);
        }

        (_kinds.TryGetValue(words.ToString(), out List<List<string>>? kind) ? kind : _kinds[words.ToString()] = []).Add(numbers);
    }

    public IReadOnlyList<(string Reason, long Count)> Most() => [.. _kinds
        .Select(k => (Reason: Fill(k.Key, k.Value), Count: (long)k.Value.Count)).OrderByDescending(k => k.Count).ThenBy(k => k.Reason, StringComparer.Ordinal)];

    private static string Fill(string words, List<List<string>> all)
    {
        int number = 0;
        return string.Concat(words.Split('\u0001').SelectMany((part, i) => i == 0 ? [part] : new[] { Number(number++), part }));

        string Number(int at) => all.All(n => n[at] == all[0][at]) ? all[0][at] : "…";
    }

    private static int NumberEnd(string text, int start)
    {
        if (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '.'))
        {
            return start;
        }

        System.Text.RegularExpressions.Match match = System.Text.RegularExpressions.Regex.Match(text[start..], @"^-?[0-9]([0-9]|[.,](?=[0-9])|[eE](?=[+-]?[0-9])|(?<=[eE])[+-])*");
        int end = start + match.Length;
        return match.Success && !(end < text.Length && (char.IsLetter(text[end]) || text[end] == '_')) ? end : start;
    }
}
