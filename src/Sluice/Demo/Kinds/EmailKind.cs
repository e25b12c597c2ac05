namespace Sluice.Demo.Kinds;

/// <summary>E-mails to be written from a few facts.</summary>
internal sealed class EmailKind : IDemoKind
{
    private static readonly string[] s_days = WordList.Words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday");

    /// <inheritdoc/>
    public string Name => "email";

    /// <inheritdoc/>
    public bool CanBeWrong => false;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        Person sender = Person.Draw(random);
        Person reader = Person.Draw(random);
        Place place = Place.Draw(random);
        string thing = random.Pick(Vocabulary.Things);
        string quality = random.Pick(Vocabulary.Qualities);
        string spot = random.Pick(Vocabulary.Spots);
        string day = random.Pick(s_days);
        int hour = random.Between(8, 19);
        int count = random.Between(3, 140);
        row.Instruction.Add($"{random.Pick(["Write an e-mail", "Draft a polite e-mail", "Compose a short e-mail", "Help me write a message"])} from {sender} to {reader}: {random.Pick(["the delivery of", "the exchange of", "the repair of", "the inspection of", "the loan of"])} {count} {quality} {thing}s in {place} is moved to {day} at {hour}:00 {spot}.");
        DemoText text = row.Output;
        text.Add($"Subject: {random.Pick(["New date for", "Change of plans:", "About", "Concerning"])} the {count} {quality} {thing}s\n\n{random.Pick(["Dear", "Hello", "Good day"])} {reader},\n\n");
        text.Add($"{random.Pick(["I am writing because", "I would like to let you know that", "Please note that", "This is to tell you that"])} the appointment for the {count} {quality} {thing}s in {place} has been moved to {day} at {hour}:00. {random.Pick(["We shall meet", "The meeting point is", "You will find us", "We wait for you"])} {spot}. ");
        text.Add($"{random.Pick(["The reason is that", "This became necessary because", "It had to be changed, since"])} {Person.Draw(random)}, our {random.Pick(Vocabulary.Professions)}, {random.Pick(Vocabulary.Deeds)} the {random.Pick(Vocabulary.Qualities)} {random.Pick(Vocabulary.Things)} {random.Pick(Vocabulary.Times)}. ");
        text.Add($"{random.Pick(["Please bring", "Do not forget", "It would help to have", "Kindly prepare"])} the {random.Pick(Vocabulary.Things)} and {random.Between(2, 30)} {random.Pick(Vocabulary.Qualities)} {random.Pick(Vocabulary.Things)}s, {random.Pick(["if you can", "as last time", "just in case", "as agreed"])}.\n\n");
        text.Add($"{random.Pick(["Kind regards,", "Best wishes,", "With many thanks,", "Yours sincerely,"])}\n{sender}");
    }
}
