namespace Sluice.Demo.Kinds;

/// <summary>Linear equations in one unknown with a whole solution, solved step by step.</summary>
internal sealed class AlgebraKind : IDemoKind
{
    /// <inheritdoc/>
    public string Name => "algebra";

    /// <inheritdoc/>
    public bool CanBeWrong => true;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        char unknown = random.Pick(['x', 'y', 'z', 'n', 'k', 't', 'm', 'w']);
        int right = random.Between(2, 40);
        int left = right + random.Between(1, 60);
        int value = random.Between(2, 250);
        int constant = random.Between(3, 900);
        int other = (left - right) * value + constant;
        int difference = left - right;
        int total = other - constant;
        long answer = value + (row.Wrong ? random.Between(1, 9) : 0);
        row.Instruction.Add($"{Person.Draw(random)} {random.Pick(["wrote an equation on the board", "set this exercise", "found this problem in a notebook", "asks for help with an equation", "needs the solution of an equation"])} {random.Pick(Vocabulary.Spots)} in {Place.Draw(random)}. {random.Pick(["Solve for", "Find the value of", "Determine", "Work out"])} {unknown} {random.Pick(["and show each step", "and check the result", "explaining every step", "step by step"])}.");
        row.Input.Add($"{left}{unknown} + {constant} = {right}{unknown} + {other}");
        row.Output.Add($"{random.Pick(["Start with", "The equation is", "We have", "Given:"])} {left}{unknown} + {constant} = {right}{unknown} + {other}.\n{random.Pick(["Subtract", "Take away"])} {right}{unknown} from both sides: {difference}{unknown} + {constant} = {other}.\n{random.Pick(["Subtract", "Take away"])} {constant} from both sides: {difference}{unknown} = {total}.\n{random.Pick(["Divide by", "Divide both sides by"])} {difference}: {unknown} = {answer}.\n");
        row.Output.Add($"{random.Pick(["Check", "Test", "Proof"])}: {left} x {value} + {constant} = {left * value + constant} and {right} x {value} + {other} = {right * value + other}.\n{unknown} = {answer}");
    }
}
