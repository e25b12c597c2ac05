namespace Sluice.Demo;

/// <summary>Spoils the answer of a row.</summary>
internal static class PoorAnswer
{
    private static readonly string[] s_openings = WordList.Phrases("I'm sorry, but|Unfortunately,|I apologise, but|As an AI language model,|Sorry,|I regret to say that|Thank you for asking, but|My apologies:");
    private static readonly string[] s_reasons = WordList.Phrases("I cannot help with that|I am not able to answer this question|I do not have enough information|I can't complete this request|this goes beyond what I can do|I am unable to give an opinion on this|I have no access to such data|I am not comfortable with this task");
    private static readonly string[] s_endings = WordList.Phrases("Please ask me something else.|Is there anything else I can do for you?|You may want to consult an expert.|Please try again later.|Perhaps a search engine can help.|Could you rephrase your question?|Let me know if you have other questions.|Thank you for your understanding.");

    private static readonly string[] s_chineseOpenings = WordList.Words("抱歉， 很遗憾， 对不起， 作为人工智能语言模型， 不好意思，");
    private static readonly string[] s_chineseReasons = WordList.Words("我无法回答这个问题。 我不能完成这个请求。 这超出了我的能力范围。 我没有足够的信息。 我不便发表意见。 我无法访问相关数据。");
    private static readonly string[] s_chineseEndings = WordList.Words("请换一个问题。 请稍后再试。 建议咨询专业人士。 您可以使用搜索引擎。 感谢您的理解。 还有什么可以帮您？");

    /// <summary>Spoils the answer. A wrong result has been written by the kind already.</summary>
    /// <param name="poor">How.</param>
    /// <param name="row">The row to change.</param>
    /// <param name="other">A row whose answer serves as one that is off topic.</param>
    /// <param name="random">Random numbers.</param>
    public static void Apply(PoorKind poor, DemoRow row, DemoRow other, DemoRandom random)
    {
        DemoText output = row.Output;
        switch (poor)
        {
            case PoorKind.CutOff:
                output.Cut(Math.Max(1, output.Length * random.Between(15, 55) / 100));
                break;
            case PoorKind.OffTopic:
                output.Clear();
                output.Add(other.Output.Span);
                break;
            case PoorKind.Repeated:
                Repeat(output, random);
                break;
            case PoorKind.Refusal:
                bool inChinese = NearEdit.ContainsHan(row.Instruction.Span);
                output.Clear();
                if (inChinese)
                {
                    output.Add($"{random.Pick(s_chineseOpenings)}{random.Pick(s_chineseReasons)}{random.Pick(s_chineseEndings)}");
                }
                else
                {
                    output.Add($"{random.Pick(s_openings)} {random.Pick(s_reasons)}. {random.Pick(s_endings)}");
                }

                break;
            case PoorKind.WrongLanguage:
                bool chinese = NearEdit.ContainsHan(output.Span);
                output.Clear();
                for (int i = random.Between(2, 4); i > 0; i--)
                {
                    if (chinese)
                    {
                        PhraseTable.Draw(random).WriteEnglish(output);
                        output.Add(' ');
                    }
                    else
                    {
                        PhraseTable.Draw(random).WriteChinese(output);
                    }
                }

                break;
        }
    }

    private static void Repeat(DemoText output, DemoRandom random)
    {
        string whole = output.ToString();
        int end = Math.Min(whole.Length, random.Between(12, 40));
        int blank = whole.IndexOf(' ', Math.Min(end, whole.Length - 1));
        string phrase = whole[..(blank > 0 && blank < 60 ? blank : end)];
        output.Clear();
        for (int times = random.Between(6, 18); times > 0; times--)
        {
            output.Add(phrase);
            output.Add(' ');
        }
    }
}
