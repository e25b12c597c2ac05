using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.Tests.Demo;

/// <summary>Reads what a function shall do from its description and compares the example with that.</summary>
internal static class FunctionCheck
{
    public static bool IsRight(string instruction, string output, string combination, string example)
    {
        Match call = Regex.Match(output, example);
        int[] kept = [.. call.Groups[1].Value.Split(", ").Select(Parse).Where(number => Keeps(instruction, number))];
        int[] changed = combination == "count" ? kept : [.. kept.Select(number => Apply(instruction, number))];
        int expected = combination switch
        {
            "sum" => changed.Sum(),
            "count" => kept.Length,
            "largest" => changed.DefaultIfEmpty().Max(),
            _ => changed.DefaultIfEmpty().Min(),
        };
        return expected == Parse(call.Groups[2].Value);
    }

    private static bool Keeps(string text, int number)
    {
        if (Find(text, "not divisible by (\\d+)", out int value))
        {
            return number % value != 0;
        }

        if (Find(text, "divisible by (\\d+)", out value))
        {
            return number % value == 0;
        }

        if (Find(text, "greater than (\\d+)", out value))
        {
            return number > value;
        }

        if (Find(text, "smaller than (\\d+)", out value))
        {
            return number < value;
        }

        if (Find(text, "ending in the digit (\\d)", out value))
        {
            return number % 10 == value;
        }

        Match between = Regex.Match(text, "between (\\d+) and (\\d+) inclusive");
        return number >= Parse(between.Groups[1].Value) && number <= Parse(between.Groups[2].Value);
    }

    private static int Apply(string text, int number)
    {
        if (Find(text, "multiply the \\w+ by (\\d+)", out int value))
        {
            return number * value;
        }

        if (Find(text, "add (\\d+) to the", out value))
        {
            return number + value;
        }

        if (Find(text, "distance of the \\w+ from (\\d+)", out value))
        {
            return Math.Abs(number - value);
        }

        if (Find(text, "remainder modulo (\\d+)", out value))
        {
            return number + number % value;
        }

        return text.Contains("square the ", StringComparison.Ordinal) ? number * number : throw new ArgumentException(text);
    }

    private static bool Find(string text, string pattern, out int value)
    {
        Match match = Regex.Match(text, pattern);
        value = match.Success ? Parse(match.Groups[1].Value) : 0;
        return match.Success;
    }

    private static int Parse(string number) => int.Parse(number, CultureInfo.InvariantCulture);
}
