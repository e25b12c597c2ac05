namespace Sluice.Demo.Kinds;

/// <summary>A small function over whole numbers that can be written in Python and Java and computed here: keep some, change each, combine.</summary>
/// <param name="Condition">Which numbers are kept.</param>
/// <param name="First">First constant of the condition, at least 2.</param>
/// <param name="Second">Second constant of the condition, above the first.</param>
/// <param name="Change">How a kept number is changed.</param>
/// <param name="Amount">Constant of the change, at least 2.</param>
/// <param name="Combination">How the changed numbers are combined.</param>
internal readonly record struct FunctionLogic(int Condition, int First, int Second, int Change, int Amount, int Combination)
{
    /// <summary>Draws a function.</summary>
    public static FunctionLogic Draw(DemoRandom random)
    {
        int first = random.Between(2, 19);
        return new FunctionLogic(random.Next(6), first, first + random.Between(5, 60), random.Next(5), random.Between(2, 25), random.Next(4));
    }

    /// <summary>The first letters of a function name: what the result is.</summary>
    public string Verb => Combination switch { 0 => "sum", 1 => "count", 2 => "largest", _ => "smallest" };

    /// <summary>Writes what is kept, in words.</summary>
    public void DescribeCondition(DemoText text)
    {
        switch (Condition)
        {
            case 0:
                text.Add($"divisible by {First}");
                break;
            case 1:
                text.Add($"not divisible by {First}");
                break;
            case 2:
                text.Add($"greater than {Second}");
                break;
            case 3:
                text.Add($"smaller than {Second}");
                break;
            case 4:
                text.Add($"between {First} and {Second} inclusive");
                break;
            default:
                text.Add($"ending in the digit {First % 10}");
                break;
        }
    }

    /// <summary>Writes how a number is changed, in words.</summary>
    public void DescribeChange(DemoText text, string item)
    {
        switch (Change)
        {
            case 0:
                text.Add($"square the {item}");
                break;
            case 1:
                text.Add($"multiply the {item} by {Amount}");
                break;
            case 2:
                text.Add($"add {Amount} to the {item}");
                break;
            case 3:
                text.Add($"take the distance of the {item} from {Amount}");
                break;
            default:
                text.Add($"take the {item} plus its remainder modulo {Amount}");
                break;
        }
    }

    /// <summary>Writes the condition; the syntax of both languages but for the chain of comparisons.</summary>
    public void WriteCondition(DemoText text, string item, bool java)
    {
        switch (Condition)
        {
            case 0:
                text.Add($"{item} % {First} == 0");
                break;
            case 1:
                text.Add($"{item} % {First} != 0");
                break;
            case 2:
                text.Add($"{item} > {Second}");
                break;
            case 3:
                text.Add($"{item} < {Second}");
                break;
            case 4 when java:
                text.Add($"{item} >= {First} && {item} <= {Second}");
                break;
            case 4:
                text.Add($"{First} <= {item} <= {Second}");
                break;
            default:
                text.Add($"{item} % 10 == {First % 10}");
                break;
        }
    }

    /// <summary>Writes the change as an expression.</summary>
    public void WriteChange(DemoText text, string item, bool java)
    {
        switch (Change)
        {
            case 0:
                text.Add($"{item} * {item}");
                break;
            case 1:
                text.Add($"{item} * {Amount}");
                break;
            case 2:
                text.Add($"{item} + {Amount}");
                break;
            case 3:
                text.Add(java ? "Math.abs(" : "abs(");
                text.Add($"{item} - {Amount})");
                break;
            default:
                text.Add($"{item} + {item} % {Amount}");
                break;
        }
    }

    /// <summary>The result for some numbers, which are not negative; 0 when none is kept.</summary>
    public int Compute(ReadOnlySpan<int> numbers)
    {
        int result = 0;
        int kept = 0;
        foreach (int number in numbers)
        {
            if (!Keeps(number))
            {
                continue;
            }

            int changed = Apply(number);
            kept++;
            result = Combination switch
            {
                0 => result + changed,
                1 => kept,
                2 => kept == 1 ? changed : Math.Max(result, changed),
                _ => kept == 1 ? changed : Math.Min(result, changed),
            };
        }

        return result;
    }

    private bool Keeps(int number) => Condition switch
    {
        0 => number % First == 0,
        1 => number % First != 0,
        2 => number > Second,
        3 => number < Second,
        4 => number >= First && number <= Second,
        _ => number % 10 == First % 10,
    };

    private int Apply(int number) => Change switch
    {
        0 => number * number,
        1 => number * Amount,
        2 => number + Amount,
        3 => Math.Abs(number - Amount),
        _ => number + number % Amount,
    };
}
