namespace Sluice.Demo.Kinds;

/// <summary>Paragraphs whose key sentence is their summary.</summary>
internal sealed class SummaryKind : IDemoKind
{
    /// <inheritdoc/>
    public string Name => "summary";

    /// <inheritdoc/>
    public bool CanBeWrong => true;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        Place place = Place.Draw(random);
        string thing = random.Pick(Vocabulary.Things);
        string quality = random.Pick(Vocabulary.Qualities);
        string profession = random.Pick(Vocabulary.Professions);
        row.Instruction.Add($"{random.Pick(["Summarise the paragraph in one sentence.", "What is the main point of this text? Answer with its key sentence.", "Give the gist of the passage in a single sentence.", "Condense the following report into one sentence."])}");
        DemoText key = row.Output;
        key.Add($"{random.Pick(["The town of", "The school of", "The council of", "The museum of"])} {place} {random.Pick(["will collect", "has decided to restore", "plans to exhibit", "wants to replace", "is going to sell", "intends to protect"])} {random.Between(12, 950)} {quality} {thing}s {random.Pick(["because of", "after", "in spite of", "thanks to"])} {random.Pick(["a generous gift from", "the long campaign of", "a complaint by", "an idea of", "the advice of"])} {Person.Draw(random)}, {profession:a}.");
        int keyAt = random.Next(3);
        for (int i = 0; i < 4; i++)
        {
            if (i == keyAt)
            {
                row.Input.Add(key.Span);
                row.Input.Add(' ');
            }

            WriteDetail(row.Input, random, thing, profession, i);
            row.Input.Add(i == 3 ? "" : " ");
        }

        if (row.Wrong)
        {
            key.Clear();
            key.Add($"The {thing}s are {random.Pick(Vocabulary.Qualities)}, and {Person.Draw(random)} {random.Pick(Vocabulary.Deeds)} one {random.Pick(Vocabulary.Spots)}.");
        }
    }

    private static void WriteDetail(DemoText text, DemoRandom random, string thing, string profession, int at)
    {
        switch ((at + random.Next(2)) % 5)
        {
            case 0:
                text.AddCapital(random.Pick(Vocabulary.Times));
                text.Add($", somebody {random.Pick(Vocabulary.Deeds)} the first {thing} {random.Pick(Vocabulary.Spots)}.");
                break;
            case 1:
                text.Add($"{Person.Draw(random)} remembers {random.Pick(Vocabulary.Qualities):a} one that was {random.Pick(Vocabulary.Qualities)} and {random.Pick(Vocabulary.Qualities)}.");
                break;
            case 2:
                text.Add($"About {random.Between(15, 900)} visitors came {random.Pick(Vocabulary.Times)}, some from {Place.Draw(random)}.");
                break;
            case 3:
                text.Add($"The {profession} {random.Pick(Vocabulary.Manners)} {random.Pick(Vocabulary.Deeds)} the {random.Pick(Vocabulary.Things)} {random.Pick(Vocabulary.Spots)}.");
                break;
            default:
                text.Add($"{random.Pick(Vocabulary.Professions):A} from {Place.Draw(random)} {random.Pick(["offered help", "asked for details", "took photographs", "wrote about it", "was surprised"])} {random.Pick(Vocabulary.Times)}.");
                break;
        }
    }
}
