namespace Sluice.Sinks.Diff;

/// <summary>Something that the two runs were told differently.</summary>
/// <param name="Key">A configuration key, or what else made a run: <c>model of quality</c>, <c>input rows.jsonl</c>.</param>
/// <param name="Before">Value in the first output; null when it has none.</param>
/// <param name="After">Value in the second output; null when it has none.</param>
internal sealed record DiffSetting(string Key, string? Before, string? After);
