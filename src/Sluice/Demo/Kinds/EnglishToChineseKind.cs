namespace Sluice.Demo.Kinds;

/// <summary>English sentences to be put into Chinese.</summary>
internal sealed class EnglishToChineseKind : IDemoKind
{
    /// <inheritdoc/>
    public string Name => "translation_en_zh";

    /// <inheritdoc/>
    public bool CanBeWrong => true;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        row.Instruction.Add(random.Pick(["Translate into Chinese.", "Put the following text into Chinese.", "How do you say this in Chinese?", "Please give a Chinese version of this passage."]));
        for (int i = random.Between(3, 4); i > 0; i--)
        {
            PhraseTable sentence = PhraseTable.Draw(random);
            sentence.WriteEnglish(row.Input);
            row.Input.Add(i == 1 ? "" : " ");
            (row.Wrong ? PhraseTable.Draw(random) : sentence).WriteChinese(row.Output);
        }
    }
}
