namespace Sluice.Host.Serve.Units;

/// <summary>What a changed configuration changes: which keys a running service takes, and which only its next start does.</summary>
/// <param name="Changed">Keys that are taken now.</param>
/// <param name="NeedsRestart">Keys that are not.</param>
internal sealed record ReloadPlan(IReadOnlyList<string> Changed, IReadOnlyList<string> NeedsRestart)
{
    private const int MostNamed = 8;

    // What the process holds from its start: its address, its log, who is hosted, and where. All else is made anew between two rounds.
    private static readonly string[] s_fixed = ["Serve:Http:", "Serve:Log", "Serve:Pipeline", "Name", "Output:Work", "Models:Directory", "Inference:LibraryPath", "DuckDb:LibraryPath"];

    /// <summary>Compares two readings.</summary>
    public static ReloadPlan Of(UnitParts before, UnitParts after)
    {
        string[] keys = [.. before.Pipeline.Values.Keys.Union(after.Pipeline.Values.Keys)
            .Where(k => before.Pipeline.Values.GetValueOrDefault(k) != after.Pipeline.Values.GetValueOrDefault(k)).Order(StringComparer.Ordinal)];
        string[] restart = [.. keys.Where(k => s_fixed.Any(f => k.StartsWith(f, StringComparison.OrdinalIgnoreCase)))];
        return new ReloadPlan(Name(keys.Except(restart)), Name(restart));
    }

    private static string[] Name(IEnumerable<string> keys)
    {
        // A step or a source that is put in moves all behind it: those are named by their list.
        string[] named = [.. keys.Select(k => k.Split(':') is ["Recipe" or "Sources", ..] parts ? parts[0] : k).Distinct()];
        return named.Length <= MostNamed ? named : [.. named.Take(MostNamed), $"{named.Length - MostNamed} more"];
    }
}
