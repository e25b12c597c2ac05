namespace Sluice.Sinks.Report.Charts;

/// <summary>A share before and after.</summary>
/// <param name="Name">What has the share.</param>
/// <param name="Before">Its share before, 0 to 1.</param>
/// <param name="After">Its share after, 0 to 1.</param>
/// <param name="Label">The rows in words, for assistive technology and for hovering.</param>
/// <param name="Note">The rows in few words, beside the bars.</param>
internal readonly record struct ShareBar(string Name, double Before, double After, string Label, string Note);
