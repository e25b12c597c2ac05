namespace Sluice.Stages;

/// <summary>The ending that is taken off a response.</summary>
internal static class Suffix
{
    /// <summary>The text without the ending, where it has it.</summary>
    public static string Strip(string text, string suffix) => suffix.Length > 0 && text.EndsWith(suffix, StringComparison.Ordinal) ? text[..^suffix.Length] : text;

    /// <summary>The ending's part of a fingerprint; empty when there is none.</summary>
    public static string Mark(string suffix) => suffix.Length == 0 ? "" : $" without '{suffix}'";
}
