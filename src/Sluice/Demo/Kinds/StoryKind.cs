namespace Sluice.Demo.Kinds;

/// <summary>Very short stories about given things.</summary>
internal sealed class StoryKind : IDemoKind
{
    private static readonly string[] s_feelings = WordList.Phrases("felt a strange joy|could not believe it|began to laugh|was too tired to speak|thought of home|wanted to run away|had no words|remembered an old promise|felt brave for once|wept a little|hummed a tune|trembled|grew curious|took a deep breath");
    private static readonly string[] s_ends = WordList.Phrases("Nobody ever spoke of it again.|From that day on they were friends.|The rest is still told to children.|And that was only the beginning.|In the end, the smallest thing had mattered most.|The next morning everything looked new.|It was the best evening of the year.|Some doors open only once.|And so the secret was kept.|Since then the windows stay open at night.");

    /// <inheritdoc/>
    public string Name => "story";

    /// <inheritdoc/>
    public bool CanBeWrong => false;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        Person hero = Person.Draw(random);
        Person friend = Person.Draw(random);
        Place place = Place.Draw(random);
        string profession = random.Pick(Vocabulary.Professions);
        string thing = random.Pick(Vocabulary.Things);
        string quality = random.Pick(Vocabulary.Qualities);
        string spot = random.Pick(Vocabulary.Spots);
        row.Instruction.Add($"{random.Pick(["Write a short story about", "Tell a very short tale of", "Make up a little story with", "Invent a story about"])} {profession:a} from {place} and {quality:a} {thing}.");
        DemoText text = row.Output;
        text.AddCapital(random.Pick(Vocabulary.Times));
        text.Add($", {hero}, {profession:a} from {place}, {random.Pick(Vocabulary.Deeds)} {quality:a} {thing} {spot}. ");
        text.Add($"It was {random.Pick(Vocabulary.Qualities)}, almost {random.Pick(Vocabulary.Qualities)}, and {hero.First} {random.Pick(s_feelings)}. ");
        for (int i = random.Between(2, 3); i > 0; i--)
        {
            switch (random.Next(4))
            {
                case 0:
                    text.Add($"{random.Pick(["Then", "Soon", "All at once", "A moment later"])} {friend}, the {random.Pick(Vocabulary.Professions)}, {random.Pick(Vocabulary.Manners)} {random.Pick(Vocabulary.Deeds)} the {random.Pick(Vocabulary.Things)} {random.Pick(Vocabulary.Spots)}. ");
                    break;
                case 1:
                    text.Add($"\"{random.Pick(["Do you know", "Have you seen", "Who needs", "Where is"])} {random.Pick(["my", "this", "the", "her"])} {random.Pick(Vocabulary.Qualities)} {random.Pick(Vocabulary.Things)}?\" {friend.First} asked {random.Pick(Vocabulary.Manners)}. ");
                    break;
                case 2:
                    text.AddCapital(random.Pick(Vocabulary.Times));
                    text.Add($", {random.Between(3, 99)} {random.Pick(Vocabulary.Qualities)} {random.Pick(Vocabulary.Things)}s stood {random.Pick(Vocabulary.Spots)}, and {friend.First} {random.Pick(s_feelings)}. ");
                    break;
                default:
                    text.Add($"{hero.First} {random.Pick(Vocabulary.Manners)} {random.Pick(Vocabulary.Deeds)} {random.Pick(Vocabulary.Things):a} and {random.Pick(Vocabulary.Deeds)} the {random.Pick(Vocabulary.Qualities)} {random.Pick(Vocabulary.Things)}. ");
                    break;
            }
        }

        text.AddCapital(random.Pick(Vocabulary.Manners));
        text.Add($" they {random.Pick(Vocabulary.Deeds)} the {thing} together and walked back to {place}. {random.Pick(s_ends)}");
    }
}
