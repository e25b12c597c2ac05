namespace Sluice.Demo.Kinds;

/// <summary>Word problems over the four operations, answered in steps.</summary>
internal sealed class ArithmeticKind : IDemoKind
{
    /// <inheritdoc/>
    public string Name => "arithmetic";

    /// <inheritdoc/>
    public bool CanBeWrong => true;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        Person person = Person.Draw(random);
        Person friend = Person.Draw(random);
        string thing = random.Pick(Vocabulary.Things);
        string quality = random.Pick(Vocabulary.Qualities);
        int boxes = random.Between(3, 60);
        int each = random.Between(4, 75);
        int more = random.Between(5, 400);
        int product = boxes * each;
        int sum = product + more;
        int given = random.Between(2, sum / 2);
        int left = sum - given;
        int price = random.Between(2, 95);
        DemoText text = row.Instruction;
        text.AddCapital(random.Pick(Vocabulary.Times));
        text.Add(random.Next(3) switch
        {
            0 => ", ",
            1 => " and in good spirits, ",
            _ => ", as every year, ",
        });
        text.Add($"{person}, {random.Pick(Vocabulary.Professions):a} from {Place.Draw(random)}, {random.Pick(["unpacked", "ordered", "counted", "filled", "received", "inherited"])} {boxes} {random.Pick(["boxes", "crates", "shelves", "bags", "chests", "rows"])} of {quality} {thing}s with {each} {thing}s in each. ");
        text.Add($"{friend} {random.Pick(["added", "brought", "delivered", "contributed", "sent"])} {more} more {random.Pick(Vocabulary.Spots)}. ");
        text.Add($"Then {given} {thing}s were {random.Pick(["given away", "lost on the way", "broken by accident", "lent to a school", "kept as a reserve", "thrown out"])}, and the others were {random.Pick(["sold", "auctioned", "exported", "resold"])} at {price} {random.Pick(["coins", "dollars", "euros", "crowns"])} {random.Pick(["each", "apiece"])}. ");
        text.Add(random.Pick(["How much money came in? Show your steps.", "What were the total earnings? Explain step by step.", "Calculate the revenue and show the work.", "Work out the proceeds, one step at a time."]));
        long answer = (long)left * price + (row.Wrong ? random.Between(1, 90) : 0);
        row.Output.Add($"1. Number of {quality} {thing}s at first: {boxes} x {each} = {product}\n2. With what {friend.First} gave: {product} + {more} = {sum}\n3. Left over: {sum} - {given} = {left}\n4. Money for {left} {thing}s: {left} x {price} = {answer}\nThe answer is {answer}.");
    }
}
