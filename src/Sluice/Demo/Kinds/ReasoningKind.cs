namespace Sluice.Demo.Kinds;

/// <summary>Puzzles that take several steps: orders that follow from comparisons, and times of arrival.</summary>
internal sealed class ReasoningKind : IDemoKind
{
    private static readonly string[][] s_comparisons =
    [
        ["older", "oldest"], ["taller", "tallest"], ["faster", "fastest"], ["richer", "richest"], ["stronger", "strongest"], ["louder", "loudest"],
    ];

    /// <inheritdoc/>
    public string Name => "reasoning";

    /// <inheritdoc/>
    public bool CanBeWrong => true;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        if (random.Chance(50))
        {
            WriteOrder(row, random);
        }
        else
        {
            WriteJourney(row, random);
        }
    }

    private static void WriteOrder(DemoRow row, DemoRandom random)
    {
        string[] comparison = random.Pick(s_comparisons);
        Span<Person> people = new Person[random.Between(5, 7)];
        Person.Draw(random, people);
        Span<int> clues = stackalloc int[people.Length - 1];
        random.PickDistinct(clues, clues.Length);
        row.Instruction.Add($"{people.Length} people from {Place.Draw(random)} meet {random.Pick(Vocabulary.Spots)} {random.Pick(Vocabulary.Times)}. ");
        foreach (int clue in clues)
        {
            row.Instruction.Add($"{people[clue]}, {random.Pick(["with", "who brought", "carrying"])} {random.Pick(Vocabulary.Qualities):a} {random.Pick(Vocabulary.Things)}, is {comparison[0]} than {people[clue + 1]}. ");
        }

        row.Instruction.Add($"Who is the {comparison[1]}, who comes last, and what is the whole order? {random.Pick(["Explain.", "Reason step by step.", "Give the chain of reasons."])}");
        DemoText text = row.Output;
        text.Add($"{random.Pick(["Chain the statements:", "Put the clues one after the other:", "The comparisons link up:"])} ");
        for (int i = 0; i < people.Length; i++)
        {
            text.Add($"{(i == 0 ? "" : " > ")}{people[i].First}");
        }

        int first = row.Wrong ? random.Between(1, people.Length - 2) : 0;
        text.Add($". Nobody is {comparison[0]} than {people[first]}, so {people[first].First} is the {comparison[1]}; {people[^1]} is {comparison[0]} than no one and comes last.");
    }

    private static void WriteJourney(DemoRow row, DemoRandom random)
    {
        Person person = Person.Draw(random);
        Place start = Place.Draw(random);
        Place middle = Place.Draw(random);
        Place end = Place.Draw(random);
        int departure = random.Between(5 * 60, 14 * 60);
        int first = random.Between(25, 180);
        int pause = random.Between(5, 75);
        int second = random.Between(20, 170);
        int atMiddle = departure + first;
        int leaving = atMiddle + pause;
        int arrival = leaving + second + (row.Wrong ? random.Between(3, 50) : 0);
        string vehicle = random.Pick(["train", "bus", "ferry", "cable car", "mail coach"]);
        string next = random.Pick(["bicycle", "taxi", "tram", "horse cart", "steamer"]);
        row.Instruction.AddCapital(random.Pick(Vocabulary.Qualities));
        row.Instruction.Add($" {random.Pick(Vocabulary.Things)} in hand, {person}, {random.Pick(Vocabulary.Professions):a}, takes the {vehicle} from {start} at ");
        WriteTime(row.Instruction, departure);
        row.Instruction.Add($" and reaches {middle} after {first} minutes. After a break of {pause} minutes {random.Pick(Vocabulary.Spots)} the journey goes on by {next} and takes {second} minutes to {end}. {random.Pick(["When does", "At what time does"])} {person.First} arrive? {random.Pick(["Show each step.", "Explain how you got there.", "Calculate step by step."])}");
        DemoText text = row.Output;
        text.Add("1. ");
        WriteTime(text, departure);
        text.Add($" + {first} min = ");
        WriteTime(text, atMiddle);
        text.Add($": the {vehicle} is in {middle}.\n2. ");
        WriteTime(text, atMiddle);
        text.Add($" + {pause} min = ");
        WriteTime(text, leaving);
        text.Add($": the {next} leaves.\n3. ");
        WriteTime(text, leaving);
        text.Add($" + {second} min = ");
        WriteTime(text, arrival);
        text.Add($": arrival in {end}.\n{person} arrives at ");
        WriteTime(text, arrival);
        text.Add('.');
    }

    private static void WriteTime(DemoText text, int minutes) => text.Add($"{minutes / 60}:{(char)('0' + minutes % 60 / 10)}{(char)('0' + minutes % 10)}");
}
