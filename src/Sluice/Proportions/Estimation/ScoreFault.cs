namespace Sluice.Proportions.Estimation;

/// <summary>One mistake in a file of measured scores.</summary>
/// <param name="Line">1-based line it stands on; where something is missing, the line that shows that it is needed; 0 where no line does.</param>
/// <param name="Message">What was found, what was expected, the remedy.</param>
internal sealed record ScoreFault(int Line, string Message);
