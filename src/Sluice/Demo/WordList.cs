namespace Sluice.Demo;

/// <summary>Cuts written lists into their entries.</summary>
internal static class WordList
{
    /// <summary>Single words, set apart by white space.</summary>
    public static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Phrases, set apart by bars.</summary>
    public static string[] Phrases(string text) => text.ReplaceLineEndings(" ").Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Every beginning with every ending.</summary>
    public static string[] Join(string[] beginnings, string[] endings) => [.. beginnings.SelectMany(beginning => endings.Select(ending => beginning + ending))];
}
