namespace Sluice.Demo.Kinds;

/// <summary>Java methods over arrays of numbers, with an example whose result is computed.</summary>
internal sealed class JavaKind : IDemoKind
{
    /// <inheritdoc/>
    public string Name => "java";

    /// <inheritdoc/>
    public bool CanBeWrong => true;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        FunctionLogic logic = FunctionLogic.Draw(random);
        string thing = random.Pick(Vocabulary.Things);
        string other = random.Pick(Vocabulary.Things);
        string item = random.Pick(["value", "number", "entry", "item", "current", "element"]);
        string result = random.Pick(["result", "answer", "outcome", "best"]);
        Span<int> numbers = stackalloc int[random.Between(4, 9)];
        foreach (ref int number in numbers)
        {
            number = random.Between(1, 99);
        }

        DemoText text = row.Instruction;
        text.Add($"{Person.Draw(random)} {random.Pick(["keeps", "stores", "records", "manages"])} the number of {thing}s in every {other} {random.Pick(Vocabulary.Spots)} of {Place.Draw(random)} in an int array. {random.Pick(["Write a static Java method", "Provide a Java method", "Implement a static method in Java", "Create a method in Java"])} ");
        WriteName(text, logic, thing, other);
        text.Add(" that looks at the numbers ");
        logic.DescribeCondition(text);
        text.Add(" only; ");
        if (logic.Combination == 1)
        {
            text.Add("it counts them");
        }
        else
        {
            text.Add("for each, ");
            logic.DescribeChange(text, item);
            text.Add(logic.Combination == 0 ? "; return the sum" : logic.Combination == 2 ? "; return the largest result" : "; return the smallest result");
        }

        text.Add(random.Pick([", or 0 for none.", ", 0 when there are none.", " (0 if there is none)."]));

        DemoText code = row.Output;
        code.Add("```java\nstatic int ");
        WriteName(code, logic, thing, other);
        code.Add($"(int[] {thing}s) {{\n    int {result} = 0;\n");
        code.Add(logic.Combination > 1 ? "    boolean first = true;\n" : "");
        code.Add($"    for (int {item} : {thing}s) {{\n        if (");
        logic.WriteCondition(code, item, java: true);
        code.Add(") {\n");
        switch (logic.Combination)
        {
            case 0:
                code.Add($"            {result} += ");
                logic.WriteChange(code, item, java: true);
                code.Add(";\n");
                break;
            case 1:
                code.Add($"            {result}++;\n");
                break;
            default:
                code.Add("            int changed = ");
                logic.WriteChange(code, item, java: true);
                code.Add($";\n            {result} = first ? changed : Math.{(logic.Combination == 2 ? "max" : "min")}({result}, changed);\n            first = false;\n");
                break;
        }

        code.Add($"        }}\n    }}\n    return {result};\n}}\n```\n{random.Pick(["With", "For", "Given"])} {thing}s = {{");
        PythonKind.WriteNumbers(code, numbers);
        code.Add($"}} {random.Pick(["the method returns", "the result is", "it returns"])} {logic.Compute(numbers) + (row.Wrong ? random.Between(1, 20) : 0)}.");
    }

    private static void WriteName(DemoText text, FunctionLogic logic, string thing, string other)
    {
        text.Add(logic.Verb);
        text.AddCapital(thing);
        text.AddCapital(other);
    }
}
