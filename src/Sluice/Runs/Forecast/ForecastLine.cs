namespace Sluice.Runs.Forecast;

/// <summary>One figure of a forecast.</summary>
/// <param name="What">Its name, such as <c>rows</c>; part of the machine-readable output.</param>
/// <param name="Unit"><c>rows</c>, <c>seconds</c>, <c>bytes</c>, <c>tokens</c>, <c>share</c> or <c>money</c>.</param>
/// <param name="Value">The figure.</param>
internal sealed record ForecastLine(string What, string Unit, Interval Value);
