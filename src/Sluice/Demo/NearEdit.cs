using Sluice.Dedup;
using Sluice.Records;

namespace Sluice.Demo;

/// <summary>Changes a few words of a row and makes sure that it stays a near duplicate. Not safe for concurrent use.</summary>
internal sealed class NearEdit
{
    private const int ShingleWords = 5;
    private const double LeastJaccard = 0.855;
    private static readonly string[] s_openings = WordList.Phrases("Please |Kindly |Now |Hello! |Hi there. |Quick question: |One more task. |Here is a task for you. |Next exercise: |Dear assistant, ");
    private static readonly string[] s_remarks = WordList.Phrases("Thank you.|Thanks a lot!|Take your time.|Be careful.|Many thanks in advance.|This is important.|Do your best.");
    private static readonly string[] s_endings = WordList.Phrases("I hope this helps.|Hope that helps!|Let me know if anything is unclear.|That is all.|Done.|Have a nice day!");
    private static readonly string[] s_chineseOpenings = ["请注意：", "您好，", "下一题：", "麻烦您，"];
    private static readonly string[] s_chineseEndings = ["谢谢。", "希望有用。", "完毕。", "以上。"];
    private readonly DemoText _user = new();

    /// <summary>Writes <paramref name="source"/> with some edits into <paramref name="target"/>. False when the text is too short to keep the Jaccard index over 0.85 under any of them.</summary>
    public bool TryApply(DemoRow source, DemoRow target, DemoRandom random)
    {
        bool chinese = ContainsHan(source.Instruction.Span);
        ulong[] before = Shingles(source);
        for (int attempt = 0; attempt < 6; attempt++)
        {
            Copy(source, target);
            for (int edits = Math.Max(1, 3 - attempt); edits > 0; edits--)
            {
                Edit(target, random, chinese);
            }

            double jaccard = JaccardIndex.Compute(before, Shingles(target));
            if (jaccard is >= LeastJaccard and < 1)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a Chinese character stands in the text.</summary>
    public static bool ContainsHan(ReadOnlySpan<char> text) => text.IndexOfAnyInRange('\u4E00', '\u9FFF') >= 0;

    private static void Edit(DemoRow row, DemoRandom random, bool chinese)
    {
        switch (random.Next(4))
        {
            case 0:
                Prepend(row.Instruction, random.Pick(chinese ? s_chineseOpenings : s_openings), chinese);
                break;
            case 1:
                Append(row.Instruction, random.Pick(chinese ? s_chineseEndings : s_remarks), chinese);
                break;
            case 2:
                Append(row.Output, random.Pick(chinese ? s_chineseEndings : s_endings), chinese);
                break;
            default:
                Replace(row.Instruction, random.Chance(50) ? " the " : " a ", random.Chance(50) ? " this " : " some ");
                break;
        }
    }

    private static void Copy(DemoRow source, DemoRow target)
    {
        target.Clear();
        target.Kind = source.Kind;
        target.Instruction.Add(source.Instruction.Span);
        target.Input.Add(source.Input.Span);
        target.Output.Add(source.Output.Span);
    }

    private static void Prepend(DemoText text, string opening, bool chinese)
    {
        string before = text.ToString();
        text.Clear();
        text.Add(opening);
        text.Add(chinese ? "" : " ");
        text.Add(before);
    }

    private static void Append(DemoText text, string ending, bool chinese)
    {
        text.Add(chinese ? "" : " ");
        text.Add(ending);
    }

    private static void Replace(DemoText text, string word, string other)
    {
        string before = text.ToString();
        int at = before.IndexOf(word, StringComparison.Ordinal);
        if (at >= 0)
        {
            text.Clear();
            text.Add(before.AsSpan(0, at));
            text.Add(other);
            text.Add(before.AsSpan(at + word.Length));
        }
    }

    private ulong[] Shingles(DemoRow row)
    {
        _user.Clear();
        _user.Add(row.Instruction.Span);
        _user.Add('\n');
        _user.Add(row.Input.Span);
        return Shingler.Shingles([new Turn(Role.User, Utf8Text.Of(_user.Span)), new Turn(Role.Assistant, Utf8Text.Of(row.Output.Span))], ShingleWords);
    }
}
