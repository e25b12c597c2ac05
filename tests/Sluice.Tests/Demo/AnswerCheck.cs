using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.Demo;
using Sluice.Demo.Kinds;

namespace Sluice.Tests.Demo;

/// <summary>Reads a task's text and works its answer out again, by other means than the generator.</summary>
internal static class AnswerCheck
{
    public static bool IsRight(string kind, string instruction, string input, string output) => kind switch
    {
        "arithmetic" => IsProceeds(instruction, output, "The answer is (\\d+)\\."),
        "zh_arithmetic" => IsProceeds(instruction, output, "答案是(\\d+)元"),
        "algebra" => IsSolution(input, output),
        "unit_conversion" => IsConverted(instruction, output),
        "text_operation" => IsOperated(instruction, input, output),
        "python" => FunctionCheck.IsRight(instruction, output, Regex.Match(instruction, "(sum|count|largest|smallest)_").Groups[1].Value, "\\(\\[(.*?)\\]\\) returns (\\d+)\\."),
        "java" => FunctionCheck.IsRight(instruction, output, Regex.Match(output, "static int (sum|count|largest|smallest)").Groups[1].Value, "= \\{(.*?)\\} \\D*(\\d+)\\.$"),
        "sentiment" => output.StartsWith(Sentiment(input), StringComparison.Ordinal),
        "topic" => Theme.All.Single(theme => output.StartsWith(theme.Name + ".", StringComparison.Ordinal)).Objects.Count(input.Contains) == Theme.All.Max(theme => theme.Objects.Count(input.Contains)),
        "summary" => input.Contains(output, StringComparison.Ordinal),
        "extraction" => IsExtracted(instruction, input, output),
        "translation_en_zh" => IsTranslated(input, output),
        "translation_zh_en" => IsTranslated(output, input),
        "knowledge" => GazetteerCheck.IsRight(output),
        "zh_knowledge" => GazetteerCheck.IsRightInChinese(output),
        "event_order" => Years(output).SequenceEqual(Years(input).Order()),
        "common_sense" => CommonSenseKind.Facts.Any(fact => instruction.Contains("has to " + fact[0], StringComparison.Ordinal) && output.Contains($"should take the {fact[1]}, because {fact[2]}.", StringComparison.Ordinal)),
        "reasoning" => instruction.Contains(" minutes", StringComparison.Ordinal) ? IsArrival(instruction, output) : IsOrder(instruction, output),
        "zh_sorting" => IsSortedInChinese(instruction, input, output),
        "story" => Regex.Matches(instruction, "from (.*?) and (an? .*)\\.").Single().Groups.Values.Skip(1).All(group => output.Contains(group.Value, StringComparison.Ordinal)),
        "email" => Regex.Match(instruction, "from (.+?) to (.+?):").Groups.Values.Skip(1).All(group => output.Contains(group.Value, StringComparison.Ordinal)) && Numbers(instruction).All(number => output.Contains(number, StringComparison.Ordinal)),
        "zh_notice" => Numbers(instruction).All(number => output.Contains(number, StringComparison.Ordinal)),
        _ => throw new ArgumentException($"No check for kind {kind}."),
    };

    internal static string[] Numbers(string text) => [.. Regex.Matches(text, "\\d+").Select(match => match.Value)];

    private static bool IsProceeds(string instruction, string output, string answer)
    {
        long[] n = [.. Numbers(instruction).Select(long.Parse)];
        bool steps = Regex.Matches(output, "(\\d+) ?([x×+-]) ?(\\d+) ?= ?(\\d+)").All(step =>
            (step.Groups[2].Value switch
            {
                "+" => Value(step, 1) + Value(step, 3),
                "-" => Value(step, 1) - Value(step, 3),
                _ => Value(step, 1) * Value(step, 3),
            }) == Value(step, 4));
        return n.Length == 5 && steps && Value(Regex.Match(output, answer), 1) == (n[0] * n[1] + n[2] - n[3]) * n[4];
    }

    private static bool IsSolution(string input, string output)
    {
        Match equation = Regex.Match(input, "^(\\d+)([a-z]) \\+ (\\d+) = (\\d+)[a-z] \\+ (\\d+)$");
        long answer = Value(Regex.Match(output, equation.Groups[2].Value + " = (\\d+)$"), 1);
        return Value(equation, 1) * answer + Value(equation, 3) == Value(equation, 4) * answer + Value(equation, 5);
    }

    private static bool IsConverted(string instruction, string output)
    {
        Dictionary<string, decimal> factors = new()
        {
            ["kilometres metres"] = 1000, ["miles kilometres"] = 1.609344m, ["feet inches"] = 12, ["kilograms grams"] = 1000, ["pounds kilograms"] = 0.45359237m, ["hours minutes"] = 60,
            ["days hours"] = 24, ["litres millilitres"] = 1000, ["inches centimetres"] = 2.54m, ["weeks days"] = 7, ["yards metres"] = 0.9144m, ["hectares square metres"] = 10000,
            ["minutes seconds"] = 60, ["dozens pieces"] = 12, ["metres centimetres"] = 100, ["tonnes kilograms"] = 1000,
        };
        Match asked = Regex.Match(instruction, "(\\d[\\d.]*) (\\w+) .* how many (square metres|\\w+) ", RegexOptions.IgnoreCase);
        decimal expected = decimal.Parse(asked.Groups[1].Value, CultureInfo.InvariantCulture) * factors[$"{asked.Groups[2].Value} {asked.Groups[3].Value}"];
        Match told = Regex.Match(output, "So ([\\d.]+) .*? (?:are|equal|make) ([\\d.]+) ");
        return decimal.Parse(told.Groups[2].Value, CultureInfo.InvariantCulture) == Math.Round(expected, 2, MidpointRounding.AwayFromZero);
    }

    private static bool IsOperated(string instruction, string input, string output)
    {
        string[] words = input.Split(", ");
        string[] told = output[(output.IndexOf(": ", StringComparison.Ordinal) + 2)..].Split(", ");
        if (instruction.StartsWith("Sort", StringComparison.Ordinal))
        {
            return told.SequenceEqual(words.Order(StringComparer.Ordinal));
        }

        if (instruction.StartsWith("Write", StringComparison.Ordinal))
        {
            return told.SequenceEqual(words.Reverse());
        }

        if (instruction.StartsWith("Spell", StringComparison.Ordinal))
        {
            return told.SequenceEqual(words.Select(word => string.Concat(word.Reverse())));
        }

        if (instruction.StartsWith("List", StringComparison.Ordinal))
        {
            int least = int.Parse(Numbers(instruction)[0], CultureInfo.InvariantCulture);
            string[] longer = [.. words.Where(word => word.Length >= least)];
            return output == $"{longer.Length} words have at least {least} letters: {string.Join(", ", longer)}";
        }

        char letter = Regex.Match(instruction, "'(.)'").Groups[1].Value[0];
        return output == string.Concat(words.Select(word => $"{word}: {word.Count(c => c == letter)}\n")) + $"In all: {input.Count(c => c == letter)}";
    }

    private static string Sentiment(string input)
    {
        bool praised = SentimentKind.Praise.Any(input.Contains);
        return praised && SentimentKind.Blame.Any(input.Contains) ? "Mixed" : praised ? "Positive" : "Negative";
    }

    private static bool IsExtracted(string instruction, string input, string output)
    {
        using JsonDocument json = JsonDocument.Parse(output);
        return json.RootElement.EnumerateObject().All(field => instruction.Contains(field.Name, StringComparison.Ordinal)
            && Regex.IsMatch(input, $@"(?<!\d){Regex.Escape(field.Value.ToString())}(?!\d)")) && Regex.IsMatch(input, $@"\b{json.RootElement.GetProperty("quantity")} {json.RootElement.GetProperty("item")}s");
    }

    private static bool IsTranslated(string english, string chinese)
    {
        string[] one = Regex.Split(english, "(?<=\\.) ");
        string[] other = [.. chinese.Split('。', StringSplitOptions.RemoveEmptyEntries)];
        string[][] tables = [PhraseTable.Subjects, PhraseTable.Moments, PhraseTable.Spots, PhraseTable.Deeds, PhraseTable.Reasons];
        return one.Length == other.Length && one.Zip(other).All(pair => Numbers(pair.First)[^1] == Numbers(pair.Second)[^1] && tables.All(table => table.Any(entry =>
            pair.First.Contains(entry.Split('=')[0], StringComparison.OrdinalIgnoreCase) && pair.Second.Contains(entry.Split('=')[1], StringComparison.Ordinal))));
    }

    private static IEnumerable<int> Years(string text) => Regex.Matches(text, "\\((\\d{4})\\)|\\. (\\d{4}):").Select(match => int.Parse(match.Groups[1].Value + match.Groups[2].Value, CultureInfo.InvariantCulture));

    private static bool IsArrival(string instruction, string output)
    {
        Match asked = Regex.Match(instruction, " at (\\d+):(\\d\\d) .* after (\\d+) minutes\\. .* (\\d+) minutes .* takes (\\d+) minutes");
        long arrival = Value(asked, 1) * 60 + Value(asked, 2) + Value(asked, 3) + Value(asked, 4) + Value(asked, 5);
        return output.EndsWith(string.Create(CultureInfo.InvariantCulture, $" arrives at {arrival / 60}:{arrival % 60:D2}."), StringComparison.Ordinal);
    }

    private static bool IsOrder(string instruction, string output)
    {
        Dictionary<string, string> below = Regex.Matches(instruction, "(?<=[.] )(\\w+ \\w+), \\w+(?: \\w+)* an? .*? is \\w+ than (\\w+ \\w+)\\.").ToDictionary(clue => clue.Groups[1].Value, clue => clue.Groups[2].Value);
        string at = below.Keys.Except(below.Values).Single();
        string first = at;
        List<string> order = [at];
        while (below.TryGetValue(at, out string? next))
        {
            order.Add(at = next);
        }

        return order.Count == below.Count + 1 && output.Contains(string.Join(" > ", order.Select(person => person.Split(' ')[0])), StringComparison.Ordinal)
            && output.Contains($"so {first.Split(' ')[0]} is the ", StringComparison.Ordinal) && output.Contains($"; {at} is ", StringComparison.Ordinal);
    }

    private static bool IsSortedInChinese(string instruction, string input, string output)
    {
        (string Item, int Count)[] items = [.. Regex.Matches(input, "(\\p{Lo}+?)(\\d+)个").Select(match => (match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)))];
        IEnumerable<(string Item, int Count)> sorted = instruction.Contains("从少到多", StringComparison.Ordinal) ? items.OrderBy(item => item.Count) : items.OrderByDescending(item => item.Count);
        return output == $"排列结果：{string.Join('，', sorted.Select(item => $"{item.Item}{item.Count}个"))}。总数是{items.Sum(item => item.Count)}个。";
    }

    private static long Value(Match match, int group) => long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
}
