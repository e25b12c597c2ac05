namespace Sluice.Demo.Kinds;

/// <summary>Orders told in prose, to be written as JSON.</summary>
internal sealed class ExtractionKind : IDemoKind
{
    private static readonly string[] s_months = WordList.Words("January February March April May June July August September October November December");

    /// <inheritdoc/>
    public string Name => "extraction";

    /// <inheritdoc/>
    public bool CanBeWrong => true;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        Person person = Person.Draw(random);
        Place place = Place.Draw(random);
        string thing = random.Pick(Vocabulary.Things);
        string quality = random.Pick(Vocabulary.Qualities);
        string month = random.Pick(s_months);
        string profession = random.Pick(Vocabulary.Professions);
        int quantity = random.Between(2, 480);
        int day = random.Between(1, 28);
        int order = random.Between(10000, 99999);
        Hundredths price = new(random.Between(150, 99999));
        row.Instruction.Add(random.Pick(["Extract the customer, profession, town, item, quantity, price, date and order number as JSON.", "Turn the order into a JSON object with the fields customer, profession, town, item, quantity, price, date, order.", "Read the message and fill in JSON: customer, profession, town, item, quantity, price, date, order."]));
        DemoText text = row.Input;
        text.Add(random.Pick(["Dear team, ", "Good morning, ", "To the order desk: ", "Hello, ", ""]));
        switch (random.Next(3))
        {
            case 0:
                text.Add($"my name is {person} and I work as {profession:a} in {place}. On {month} {day} I ordered {quantity} {quality} {thing}s at {price} euros each; the order number is {order}. ");
                break;
            case 1:
                text.Add($"order {order} of {month} {day} came from {person}, {profession:a} who lives in {place}, and asks for {quantity} {quality} {thing}s. The price agreed is {price} euros a piece. ");
                break;
            default:
                text.Add($"{quantity} {quality} {thing}s shall go to {place}, where {person}, {profession:a}, waits for them. They cost {price} euros each, were ordered on {month} {day}, and belong to order {order}. ");
                break;
        }

        text.Add($"{random.Pick(["The last parcel", "An earlier box", "The sample", "Our last delivery"])} was {random.Pick(Vocabulary.Manners)} {random.Pick(Vocabulary.Deeds)} by {random.Pick(Vocabulary.Professions):a} {random.Pick(Vocabulary.Spots)}, {random.Pick(["so please pack well", "which must not happen again", "and nobody complained", "as you may recall"])}.");
        row.Output.Add($"{{\"customer\": \"{person}\", \"profession\": \"{profession}\", \"town\": \"{place}\", \"item\": \"{quality} {thing}\", \"quantity\": {quantity + (row.Wrong ? random.Between(1, 30) : 0)}, \"price\": {price}, \"date\": \"{month} {day}\", \"order\": {order}}}");
    }
}
