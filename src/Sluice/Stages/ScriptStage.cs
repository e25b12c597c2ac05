using System.Text.Unicode;
using Sluice.Pool;
using Sluice.Records;

namespace Sluice.Stages;

/// <summary>
/// Gives every row its <c>script</c>: the ISO 15924 code of the script that most of its first 4,096 characters are written in, an ideograph or a syllable counting as three
/// letters, since a word takes about so many fewer of them; <c>Zyyy</c> where there is no letter. It tells Chinese from English, not English from German, and costs next to
/// nothing. Duplicates get null.
/// </summary>
internal sealed class ScriptStage : IBatchStage
{
    private const int Scanned = 4096;
    private const int IdeographWeight = 3;

    // Of Japanese text at least this share is kana; Chinese has none.
    private const double KanaShare = 0.05;

    // Code, first and last character; letters outside every range count for none. Planes above the first hold rare ideographs only, which are seen as surrogates.
    private static readonly (string Code, char First, char Last)[] s_ranges =
    [
        ("Latn", 'A', 'Z'), ("Latn", 'a', 'z'), ("Latn", '\u00C0', '\u024F'), ("Latn", '\u1E00', '\u1EFF'),
        ("Grek", '\u0370', '\u03FF'), ("Cyrl", '\u0400', '\u052F'), ("Armn", '\u0530', '\u058F'), ("Hebr", '\u0590', '\u05FF'),
        ("Arab", '\u0600', '\u06FF'), ("Arab", '\u0750', '\u077F'), ("Deva", '\u0900', '\u097F'), ("Beng", '\u0980', '\u09FF'),
        ("Taml", '\u0B80', '\u0BFF'), ("Thai", '\u0E00', '\u0E7F'), ("Geor", '\u10A0', '\u10FF'), ("Ethi", '\u1200', '\u137F'),
        ("Kana", '\u3040', '\u30FF'), ("Hani", '\u3400', '\u4DBF'), ("Hani", '\u4E00', '\u9FFF'), ("Kore", '\u1100', '\u11FF'),
        ("Kore", '\uAC00', '\uD7AF'), ("Hani", '\uD840', '\uD87F'), ("Hani", '\uF900', '\uFAFF'),
    ];

    private static readonly string[] s_codes = [.. s_ranges.Select(r => r.Code).Distinct()];
    private static readonly byte[] s_table = Table();

    /// <inheritdoc/>
    public string Name => PoolColumns.Script;

    /// <inheritdoc/>
    public string Fingerprint => "script 1";

    /// <inheritdoc/>
    public void Process(RowBatch batch, CancellationToken token) =>
        batch.Columns[PoolColumns.Script] = new TextData([.. batch.Samples.Select(static s => s.IsDuplicate ? null : Of(s.Turns))]);

    /// <summary>The script of a conversation.</summary>
    public static string Of(ReadOnlySpan<Turn> turns)
    {
        Span<int> counts = stackalloc int[s_codes.Length + 1];
        counts.Clear();
        int left = Scanned;
        Span<char> room = stackalloc char[Scanned + 1];
        foreach (Turn turn in turns)
        {
            // One unit more than is looked at, for the second half of a last pair.
            Utf8.ToUtf16(turn.Text.Span, room[..(left + 1)], out _, out int units);
            ReadOnlySpan<char> text = room[..Math.Min(left, units)];
            left -= text.Length;
            foreach (char c in text)
            {
                counts[s_table[c]]++;
            }
        }

        int kana = Count(counts, "Kana");
        int ideographs = Count(counts, "Hani");
        string best = "Zyyy";
        int most = 0;
        for (int i = 0; i < s_codes.Length; i++)
        {
            string code = s_codes[i];
            bool japanese = kana > KanaShare * (kana + ideographs);
            int weight = code switch
            {
                "Kana" => japanese ? IdeographWeight * (kana + ideographs) : 0,
                "Hani" => japanese ? 0 : IdeographWeight * ideographs,
                "Kore" => IdeographWeight * counts[i + 1],
                _ => counts[i + 1],
            };
            if (weight > most)
            {
                most = weight;
                best = code == "Kana" ? "Jpan" : code;
            }
        }

        return best;
    }

    private static int Count(ReadOnlySpan<int> counts, string code) => counts[Array.IndexOf(s_codes, code) + 1];

    // 0 for what is no letter of a known script, else one more than the code's place.
    private static byte[] Table()
    {
        byte[] table = new byte[char.MaxValue + 1];
        foreach ((string code, char first, char last) in s_ranges)
        {
            table.AsSpan(first, last - first + 1).Fill((byte)(Array.IndexOf(s_codes, code) + 1));
        }

        return table;
    }
}
