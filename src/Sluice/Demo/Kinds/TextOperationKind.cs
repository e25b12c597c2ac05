namespace Sluice.Demo.Kinds;

/// <summary>Sorting, counting, filtering and reversing words.</summary>
internal sealed class TextOperationKind : IDemoKind
{
    /// <inheritdoc/>
    public string Name => "text_operation";

    /// <inheritdoc/>
    public bool CanBeWrong => true;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        string[] source = random.Chance(60) ? Vocabulary.Things : Vocabulary.Qualities;
        int[] picks = new int[random.Between(20, 36)];
        random.PickDistinct(picks, source.Length);
        string[] words = Array.ConvertAll(picks, pick => source[pick]);
        Join(row.Input, words);
        string whose = random.Pick(["", " for a list that a colleague sent me", " for a school exercise", " for a word game", " for my vocabulary cards"]);
        DemoText output = row.Output;
        switch (random.Next(5))
        {
            case 0:
                row.Instruction.Add($"Sort these words {random.Pick(["alphabetically", "in alphabetical order", "from A to Z"])}{whose}.");
                Array.Sort(words, string.CompareOrdinal);
                Spoil(row.Wrong, words);
                output.Add("Sorted: ");
                Join(output, words);
                break;
            case 1:
                row.Instruction.Add($"Write these words in {random.Pick(["reverse order", "the opposite order"])}, last one first{whose}.");
                Array.Reverse(words);
                Spoil(row.Wrong, words);
                output.Add("Reversed: ");
                Join(output, words);
                break;
            case 2:
                char letter = random.Pick(['a', 'e', 'i', 'o', 'r', 't', 'l', 'n']);
                row.Instruction.Add($"How often does the letter '{letter}' occur in each of these words, and in all{whose}?");
                int sum = 0;
                foreach (string word in words)
                {
                    int count = word.AsSpan().Count(letter);
                    sum += count;
                    output.Add($"{word}: {count}\n");
                }

                output.Add($"In all: {sum + (row.Wrong ? 3 : 0)}");
                break;
            case 3:
                int least = random.Between(5, 7);
                row.Instruction.Add($"List only the words with at least {least} letters, keeping their order, and say how many there are{whose}.");
                string[] longer = Array.FindAll(words, word => word.Length >= least);
                output.Add($"{longer.Length + (row.Wrong ? 2 : 0)} words have at least {least} letters: ");
                Join(output, longer);
                break;
            default:
                row.Instruction.Add($"Spell each of these words backwards{whose}.");
                output.Add("Backwards: ");
                for (int i = 0; i < words.Length; i++)
                {
                    output.Add(i == 0 ? "" : ", ");
                    for (int at = words[i].Length - 1; at >= 0; at--)
                    {
                        output.Add(row.Wrong && i == 1 ? words[i][^(at + 1)] : words[i][at]);
                    }
                }

                break;
        }
    }

    private static void Spoil(bool wrong, string[] words)
    {
        if (wrong)
        {
            (words[0], words[^2]) = (words[^2], words[0]);
        }
    }

    private static void Join(DemoText text, string[] words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            text.Add(i == 0 ? "" : ", ");
            text.Add(words[i]);
        }
    }
}
