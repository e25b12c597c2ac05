using System.Globalization;

namespace Sluice.Diagnostics.Faults;

/// <summary>Reads the rules of a fault plan: <c>point=action[:milliseconds][@pass|@pass+][%chance]</c>, separated by <c>;</c>.</summary>
internal static class FaultRules
{
    private static readonly Dictionary<string, FaultAction> s_actions = new(StringComparer.Ordinal)
    {
        ["kill"] = FaultAction.Kill,
        ["full"] = FaultAction.Full,
        ["io"] = FaultAction.Io,
        ["readonly"] = FaultAction.ReadOnly,
        ["throw"] = FaultAction.Throw,
        ["delay"] = FaultAction.Delay,
        ["oom"] = FaultAction.OutOfMemory,
        ["nan"] = FaultAction.NotANumber,
    };

    /// <summary>Parses. Throws <see cref="FormatException"/> that says what was found and expected.</summary>
    public static FaultRule Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            throw Wrong(text);
        }

        string rest = text[(equals + 1)..];
        string chance = Cut(ref rest, '%');
        string pass = Cut(ref rest, '@');
        string length = Cut(ref rest, ':');
        if (!s_actions.TryGetValue(rest, out FaultAction action))
        {
            throw Wrong(text);
        }

        bool isRandom = length.StartsWith('~');
        bool isOpen = pass.EndsWith('+');
        long from = Number(pass.TrimEnd('+'), 1, text);
        return new FaultRule(text[..equals].Trim(), action, (int)Number(length.TrimStart('~'), 0, text), isRandom,
            from, isOpen || pass.Length == 0 ? long.MaxValue : from, Number(chance, 100, text));
    }

    private static string Cut(ref string text, char mark)
    {
        int at = text.IndexOf(mark, StringComparison.Ordinal);
        string cut = at < 0 ? "" : text[(at + 1)..].Trim();
        text = (at < 0 ? text : text[..at]).Trim();
        return cut;
    }

    private static long Number(string text, long otherwise, string whole) => text.Length == 0 ? otherwise
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw Wrong(whole);

    private static FormatException Wrong(string text) =>
        new($"Found the fault '{text}', expected point=action[:milliseconds][@pass or @pass+][%chance] with one of the actions {string.Join(", ", s_actions.Keys)}.");
}
