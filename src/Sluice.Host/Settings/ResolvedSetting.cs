namespace Sluice.Host.Settings;

/// <summary>One key of the configuration in force.</summary>
/// <param name="Key">Its whole key, <c>Flow:BatchRows</c>.</param>
/// <param name="Value">Its value as text; null where there is none.</param>
/// <param name="Origin">Where it is said: <c>default</c>, a file, <c>environment NAME</c> or <c>--set</c>.</param>
internal sealed record ResolvedSetting(string Key, string? Value, string Origin)
{
    private static readonly string[] s_secrets = ["Key", "Token", "Secret", "Password"];

    /// <summary>The value as it may be shown: that of a key which looks like a secret is not. Only names of environment variables are configuration, so this is a safeguard.</summary>
    public string Shown => Value is null ? "(none)" : Value.Length == 0 ? "\"\"" : s_secrets.Any(s => Key.EndsWith(s, StringComparison.OrdinalIgnoreCase)) ? "***" : Value;
}
