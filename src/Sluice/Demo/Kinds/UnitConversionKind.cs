namespace Sluice.Demo.Kinds;

/// <summary>Conversions between units, computed exactly and rounded to two decimals.</summary>
internal sealed class UnitConversionKind : IDemoKind
{
    private static readonly Conversion[] s_conversions =
    [
        new("kilometres", "metres", 1000, 1), new("miles", "kilometres", 1609344, 1000000), new("feet", "inches", 12, 1), new("kilograms", "grams", 1000, 1), new("pounds", "kilograms", 45359237, 100000000),
        new("hours", "minutes", 60, 1), new("days", "hours", 24, 1), new("litres", "millilitres", 1000, 1), new("inches", "centimetres", 254, 100), new("weeks", "days", 7, 1), new("yards", "metres", 9144, 10000),
        new("hectares", "square metres", 10000, 1), new("minutes", "seconds", 60, 1), new("dozens", "pieces", 12, 1), new("metres", "centimetres", 100, 1), new("tonnes", "kilograms", 1000, 1),
    ];

    /// <inheritdoc/>
    public string Name => "unit_conversion";

    /// <inheritdoc/>
    public bool CanBeWrong => true;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        Conversion conversion = random.Pick(s_conversions);
        Person person = Person.Draw(random);
        Place place = Place.Draw(random);
        Hundredths amount = new(random.Between(2, 900) * 100 + (random.Chance(50) ? random.Between(0, 99) : 0));

        // Rounded half up, in whole numbers: no binary fraction can tip the last digit.
        Hundredths result = new((amount.Value * conversion.Numerator * 2 + conversion.Denominator) / (conversion.Denominator * 2) + (row.Wrong ? random.Between(101, 900) : 0));
        string profession = random.Pick(Vocabulary.Professions);
        string thing = random.Pick(Vocabulary.Things);
        row.Instruction.Add($"{Person.Draw(random)} {random.Pick(Vocabulary.Manners)} {random.Pick(Vocabulary.Deeds)} the {random.Pick(Vocabulary.Qualities)} {random.Pick(Vocabulary.Things)} and has a question. ");
        row.Instruction.AddCapital(random.Pick(Vocabulary.Times));
        row.Instruction.Add($", {person}, {profession:a} in {place}, {random.Pick(["noted", "measured", "wrote down", "was told", "read on a label", "estimated"])} {amount} {conversion.From} {random.Pick(["for a delivery of", "in a report about", "while working on", "in an invoice for", "in a plan for"])} {random.Pick(Vocabulary.Qualities)} {thing}s {random.Pick(Vocabulary.Spots)}. {random.Pick(["How many", "Tell me how many"])} {conversion.To} {random.Pick(["is that?", "does that make?", "are these?"])} {random.Pick(["Round to two decimals.", "Give at most two decimals.", "Two decimals are enough."])}");
        row.Output.Add($"{random.Pick(["To convert", "In order to turn", "When changing"])} {conversion.From} {random.Pick(["to", "into"])} {conversion.To}, {random.Pick(["multiply by", "use the factor", "take the number times"])} ");
        conversion.WriteFactor(row.Output);
        row.Output.Add($". For the {thing}s of {person.First} that gives {amount} x ");
        conversion.WriteFactor(row.Output);
        row.Output.Add($" = {result}. So {amount} {conversion.From} {random.Pick(["are", "equal", "make"])} {result} {conversion.To}, {random.Pick(["which the", "and the"])} {profession} from {place} {random.Pick(["can use directly.", "may write into the report.", "should double-check.", "needs for the form."])}");
    }

    private sealed record Conversion(string From, string To, long Numerator, long Denominator)
    {
        public void WriteFactor(DemoText text)
        {
            text.Add(Numerator / Denominator);
            long rest = Numerator % Denominator;
            text.Add(rest == 0 ? "" : ".");
            for (long unit = Denominator / 10; rest != 0; unit /= 10)
            {
                text.Add((char)('0' + rest / unit));
                rest %= unit;
            }
        }
    }
}
