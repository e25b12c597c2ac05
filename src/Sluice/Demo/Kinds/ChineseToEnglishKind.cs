namespace Sluice.Demo.Kinds;

/// <summary>Chinese sentences to be put into English.</summary>
internal sealed class ChineseToEnglishKind : IDemoKind
{
    /// <inheritdoc/>
    public string Name => "translation_zh_en";

    /// <inheritdoc/>
    public bool CanBeWrong => true;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        row.Instruction.Add(random.Pick(["Translate into English.", "把下面的句子翻译成英文。", "What does this mean in English?", "请将以下内容译为英语。"]));
        for (int i = random.Between(3, 4); i > 0; i--)
        {
            PhraseTable sentence = PhraseTable.Draw(random);
            sentence.WriteChinese(row.Input);
            (row.Wrong ? PhraseTable.Draw(random) : sentence).WriteEnglish(row.Output);
            row.Output.Add(i == 1 ? "" : " ");
        }
    }
}
