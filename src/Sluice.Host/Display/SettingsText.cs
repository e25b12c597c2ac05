using System.Text;
using Sluice.Host.Settings;

namespace Sluice.Host.Display;

/// <summary>The configuration in force as aligned lines: key, value, origin.</summary>
internal static class SettingsText
{
    private const int WidestPair = 100;

    /// <summary>The text, without a line break at its end.</summary>
    public static string Of(IReadOnlyList<ResolvedSetting> settings)
    {
        string[] pairs = [.. settings.Select(s => $"{s.Key} = {s.Shown}")];
        // A few long values must not push all origins out of sight.
        int width = pairs.Where(p => p.Length <= WidestPair).Select(p => p.Length).DefaultIfEmpty(0).Max();
        StringBuilder text = new();
        for (int i = 0; i < pairs.Length; i++)
        {
            text.Append(pairs[i].PadRight(width)).Append("   ").AppendLine(settings[i].Origin);
        }

        return text.ToString().TrimEnd();
    }
}
