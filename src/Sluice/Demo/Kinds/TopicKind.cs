namespace Sluice.Demo.Kinds;

/// <summary>Short reports to be classified by subject.</summary>
internal sealed class TopicKind : IDemoKind
{
    /// <inheritdoc/>
    public string Name => "topic";

    /// <inheritdoc/>
    public bool CanBeWrong => true;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        int subject = random.Next(Theme.All.Length);
        Theme theme = Theme.All[subject];
        row.Instruction.Add($"{random.Pick(["Assign the report to one topic:", "Which of these topics fits the text best?", "Classify the news item by topic.", "Choose the right section of the newspaper:"])} ");
        Span<int> order = stackalloc int[Theme.All.Length];
        random.PickDistinct(order, order.Length);
        for (int i = 0; i < order.Length; i++)
        {
            row.Instruction.Add($"{(i == 0 ? "" : ", ")}{Theme.All[order[i]].Name}");
        }

        row.Instruction.Add('.');
        string first = "";
        string last = "";
        for (int i = random.Between(3, 4); i > 0; i--)
        {
            first = last;
            last = theme.WriteSentence(row.Input, random);
            row.Input.Add(i == 1 ? "" : " ");
        }

        Theme label = row.Wrong ? Theme.All[(subject + random.Between(1, Theme.All.Length - 1)) % Theme.All.Length] : theme;
        row.Output.Add($"{label.Name}. {random.Pick(["The text is about", "Its sentences deal with", "It reports on", "Telling phrases are"])} {first}{random.Pick([" and ", " as well as ", ", then "])}{last}, {random.Pick(["as that section does", "which belongs there", "so no other topic fits as well", "and nothing points elsewhere"])}.");
    }
}
