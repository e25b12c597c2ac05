namespace Sluice.Demo.Kinds;

/// <summary>Events to be put in the order of their years.</summary>
internal sealed class EventOrderKind : IDemoKind
{
    /// <inheritdoc/>
    public string Name => "event_order";

    /// <inheritdoc/>
    public bool CanBeWrong => true;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        Person person = Person.Draw(random);
        Span<Event> events = stackalloc Event[random.Between(4, 5)];
        Span<int> years = stackalloc int[events.Length];
        random.PickDistinct(years, 140);
        for (int i = 0; i < events.Length; i++)
        {
            events[i] = new Event(1880 + years[i], random.Next(Vocabulary.Deeds.Length), random.Next(Vocabulary.Qualities.Length), random.Next(Vocabulary.Things.Length), Place.Draw(random));
        }

        row.Instruction.Add($"{random.Pick(["Put these events from the chronicle of", "Arrange the events in the history of", "Order the following entries of", "Sort by time what is told of"])} the {random.Pick(Vocabulary.Professions)} family {person.Last} {random.Pick(["from the earliest to the latest.", "in chronological order.", "by year, oldest first."])}");
        foreach (Event entry in events)
        {
            row.Input.Add($"- In {entry.Place}, {person.First}'s family {Vocabulary.Deeds[entry.Deed]} the {Vocabulary.Qualities[entry.Quality]} {Vocabulary.Things[entry.Thing]} ({entry.Year}).\n");
        }

        events.Sort((one, other) => one.Year.CompareTo(other.Year));
        if (row.Wrong)
        {
            (events[0], events[^1]) = (events[^1], events[0]);
        }

        for (int i = 0; i < events.Length; i++)
        {
            row.Output.Add($"{i + 1}. {events[i].Year}: the {Vocabulary.Qualities[events[i].Quality]} {Vocabulary.Things[events[i].Thing]}, {events[i].Place}\n");
        }
    }

    private readonly record struct Event(int Year, int Deed, int Quality, int Thing, Place Place);
}
