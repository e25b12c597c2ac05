namespace Sluice.Demo.Kinds;

/// <summary>Made-up reviews whose sentiment follows from the opinions they are composed of.</summary>
internal sealed class SentimentKind : IDemoKind
{
    private static readonly string[] s_aspects = WordList.Words("handle packaging colour price delivery design finish weight smell manual stitching lid size surface battery service warranty material sound grip");

    internal static readonly string[] Praise = WordList.Phrases("""
        is simply wonderful|exceeded my expectations|feels sturdy and well made|impressed my whole family|is worth every penny|works perfectly|looks gorgeous in daylight|
        was better than described|is a delight to use|makes me smile every day|could not be nicer|deserves five stars|won me over at once|is the best I have seen so far
        """);

    internal static readonly string[] Blame = WordList.Phrases("""
        is a bitter disappointment|fell apart within a week|looks cheap and careless|was far worse than described|made me regret the purchase|is annoying and clumsy|smells of glue and dust|
        failed on the very first day|is not worth half of it|drove everyone in the house mad|arrived scratched and dented|is useless for daily work|stopped working without a reason|deserves no star at all
        """);

    private static readonly string[] s_neutral = WordList.Phrases("""
        I use it about twice a week|It came in a plain box|A friend of mine owns the same one|I keep it next to the window|The shop offered three colours|My sister picked it from the catalogue|It replaces one that I had for years
        """);

    /// <inheritdoc/>
    public string Name => "sentiment";

    /// <inheritdoc/>
    public bool CanBeWrong => true;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        string thing = random.Pick(Vocabulary.Things);
        string quality = random.Pick(Vocabulary.Qualities);
        row.Instruction.Add(random.Pick(["Is the sentiment of this review positive, negative or mixed? Give the reason.", "Classify the review as positive, negative or mixed and say why.", "Read the customer review and decide: positive, negative or mixed?", "What does the reviewer feel? Answer positive, negative or mixed, with the evidence."]));
        row.Input.Add($"{random.Pick(["I bought", "I ordered", "I was given", "We got"])} this {quality} {thing} {random.Pick(Vocabulary.Times)} from {random.Pick(Vocabulary.Professions):a} in {Place.Draw(random)}. ");
        int mood = random.Next(3);
        int opinions = random.Between(3, 4);
        Span<int> aspects = stackalloc int[opinions];
        random.PickDistinct(aspects, s_aspects.Length);
        for (int i = 0; i < opinions; i++)
        {
            bool good = mood == 0 || (mood == 2 && i % 2 == 0);
            row.Input.Add($"{random.Pick(["The", "Its", "As for me, the", "To be honest, the"])} {s_aspects[aspects[i]]} {random.Pick(good ? Praise : Blame)}. ");
            if (i == 1)
            {
                row.Input.Add($"{random.Pick(s_neutral)}, {random.Pick(Vocabulary.Spots)}. ");
            }
        }

        row.Input.Add($"{Person.Draw(random)} {random.Pick(Vocabulary.Manners)} {random.Pick(Vocabulary.Deeds)} the {thing} {random.Pick(Vocabulary.Times)}.");
        int label = row.Wrong ? (mood + random.Between(1, 2)) % 3 : mood;
        row.Output.Add($"{(label == 0 ? "Positive" : label == 1 ? "Negative" : "Mixed")}. {random.Pick(["The reviewer", "The writer", "The customer"])} ");
        for (int i = 0; i < opinions; i++)
        {
            bool good = label == 0 || (label == 2 && i % 2 == 0);
            row.Output.Add(i == 0 ? "" : i == opinions - 1 ? " and " : ", ");
            row.Output.Add($"{(good ? random.Pick(["praises", "likes", "is happy with"]) : random.Pick(["criticises", "dislikes", "complains about"]))} the {s_aspects[aspects[i]]} of the {thing}");
        }

        row.Output.Add(label == 2 ? ", so good and bad points stand side by side." : ", and nothing in the review points the other way.");
    }
}
