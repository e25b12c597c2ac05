namespace Sluice.Runs.Why;

/// <summary>A step that a row got through.</summary>
/// <param name="Name">What it is called in the recipe.</param>
/// <param name="What">What it asked, such as <c>quality above -1</c>; may be empty.</param>
/// <param name="In">Rows that came in.</param>
/// <param name="Out">Rows that it kept.</param>
internal sealed record PassedStep(string Name, string What, long In, long Out);
