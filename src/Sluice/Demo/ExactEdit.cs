namespace Sluice.Demo;

/// <summary>Changes a row in ways that exact dedup looks past: case and white space.</summary>
internal static class ExactEdit
{
    /// <summary>Leaves half of the rows as they are and changes the other half.</summary>
    public static void Apply(DemoRow row, DemoRandom random)
    {
        switch (random.Next(8))
        {
            case 0:
                ChangeCase(row.Instruction, upper: true);
                break;
            case 1:
                ChangeCase(row.Instruction, upper: false);
                ChangeCase(row.Output, upper: false);
                break;
            case 2:
                Widen(row.Instruction, random.Pick([2, 3, 5]));
                break;
            case 3:
                row.Output.Add(random.Pick(["\n", " ", "\n\n", " \t"]));
                row.Instruction.Add("  ");
                break;
        }
    }

    private static void ChangeCase(DemoText text, bool upper)
    {
        foreach (ref char character in text.Writable)
        {
            character = upper ? char.ToUpperInvariant(character) : char.ToLowerInvariant(character);
        }
    }

    private static void Widen(DemoText text, int every)
    {
        string before = text.ToString();
        text.Clear();
        int blanks = 0;
        foreach (char character in before)
        {
            text.Add(character);
            if (character == ' ' && ++blanks % every == 0)
            {
                text.Add(' ');
            }
        }
    }
}
