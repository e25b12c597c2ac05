namespace Sluice.Demo.Kinds;

/// <summary>Questions about the gazetteer.</summary>
internal sealed class KnowledgeKind : IDemoKind
{
    private static readonly string[] s_months = WordList.Words("January February March April May June July August September October November December");

    /// <inheritdoc/>
    public string Name => "knowledge";

    /// <inheritdoc/>
    public bool CanBeWrong => true;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        Place place = Place.Draw(random);
        Place other = Place.DrawOther(random, place);
        Place told = row.Wrong ? Place.Draw(random) : place;
        row.Instruction.Add($"{random.Pick(["I am planning a trip.", "This is for a school report.", "We are writing a quiz.", "I read the name in an old letter."])} {random.Pick(["What can you tell me about", "Give me some facts about", "Which facts should one know about", "Describe"])} the town of {place}{random.Pick([", and how does it compare with", " in comparison with", " next to"])} {other}? {random.Pick(["Mention", "Please include", "I need"])} the year of its foundation, its population and its mayor.");
        row.Output.Add($"{place} {random.Pick(["lies in", "is a town in", "belongs to"])} {told.Country}, on the river {told.River}, {told.Altitude} metres above the sea. It was founded in {told.Founded} and has {told.Population} inhabitants; its mayor is {told.Mayor}. ");
        row.Output.Add($"{random.Pick(["The town is known for", "It exports", "Merchants buy"])} {told.Export}, and {random.Pick(["people come for", "it celebrates", "visitors like"])} the {told.Festival} Festival in {s_months[told.FestivalMonth - 1]}. ");
        bool larger = place.Population > other.Population;
        row.Output.Add($"{other}, founded in {other.Founded} in {other.Country}, has {other.Population} inhabitants and is the {(larger != row.Wrong ? "smaller" : "larger")} of the two.");
    }
}
