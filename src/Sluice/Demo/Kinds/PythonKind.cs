namespace Sluice.Demo.Kinds;

/// <summary>Python functions over lists of numbers, with an example whose result is computed.</summary>
internal sealed class PythonKind : IDemoKind
{
    /// <inheritdoc/>
    public string Name => "python";

    /// <inheritdoc/>
    public bool CanBeWrong => true;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        FunctionLogic logic = FunctionLogic.Draw(random);
        string quality = random.Pick(Vocabulary.Qualities);
        string thing = random.Pick(Vocabulary.Things);
        string measure = random.Pick(["weights", "prices", "lengths", "counts", "sizes", "ages", "scores", "costs"]);
        string item = random.Pick(["value", "number", "entry", "item", "n", "x"]);
        Span<int> numbers = stackalloc int[random.Between(4, 9)];
        foreach (ref int number in numbers)
        {
            number = random.Between(1, 99);
        }

        DemoText text = row.Instruction;
        text.Add($"{random.Pick(["Write a Python function", "Implement a function in Python", "In Python, define a function", "I need a Python function"])} {logic.Verb}_{quality}_{thing}_{measure} {random.Pick(["that takes", "which receives", "taking"])} a list of the {measure} of {quality} {thing}s {random.Pick(Vocabulary.Spots)}. {random.Pick(["It should keep", "Consider", "Look at"])} only the {measure} ");
        logic.DescribeCondition(text);
        text.Add(logic.Combination == 1 ? " and return how many there are" : ", ");
        if (logic.Combination != 1)
        {
            logic.DescribeChange(text, item);
            text.Add($", and return the {random.Pick(["", "resulting "])}{logic.Verb}{(logic.Combination == 0 ? "" : " result")}");
        }

        text.Add($". Return 0 {random.Pick(["for an empty list", "when nothing is left", "if none qualifies"])}. It is for {Person.Draw(random)}, {random.Pick(Vocabulary.Professions):a} in {Place.Draw(random)}.");

        DemoText code = row.Output;
        code.Add($"```python\ndef {logic.Verb}_{quality}_{thing}_{measure}({measure}):\n    \"\"\"{random.Pick(["Works on", "For", "Handles"])} {measure} ");
        logic.DescribeCondition(code);
        code.Add(".\"\"\"\n");
        if (random.Chance(50))
        {
            code.Add($"    kept = [{item} for {item} in {measure} if ");
            logic.WriteCondition(code, item, java: false);
            code.Add($"]\n    {(logic.Combination == 1 ? "return len(kept)" : logic.Combination == 0 ? "return sum(" : logic.Combination == 2 ? "return max((" : "return min((")}");
        }
        else
        {
            code.Add($"    {thing}_{measure} = []\n    for {item} in {measure}:\n        if ");
            logic.WriteCondition(code, item, java: false);
            code.Add($":\n            {thing}_{measure}.append({item})\n    kept = {thing}_{measure}\n    {(logic.Combination == 1 ? "return len(kept)" : logic.Combination == 0 ? "return sum(" : logic.Combination == 2 ? "return max((" : "return min((")}");
        }

        if (logic.Combination != 1)
        {
            logic.WriteChange(code, item, java: false);
            code.Add($" for {item} in kept{(logic.Combination == 0 ? ")" : "), default=0)")}");
        }

        code.Add($"\n```\n{random.Pick(["For example", "Example", "A call such as"])}: {logic.Verb}_{quality}_{thing}_{measure}([");
        WriteNumbers(code, numbers);
        code.Add($"]) returns {logic.Compute(numbers) + (row.Wrong ? random.Between(1, 20) : 0)}.");
    }

    /// <summary>Writes numbers with commas between.</summary>
    internal static void WriteNumbers(DemoText text, ReadOnlySpan<int> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            text.Add(i == 0 ? "" : ", ");
            text.Add(numbers[i]);
        }
    }
}
