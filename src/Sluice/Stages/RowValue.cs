namespace Sluice.Stages;

/// <summary>What a source says of a row.</summary>
/// <typeparam name="T">A text, or a list of texts.</typeparam>
/// <param name="Value">The value; null when there is none.</param>
/// <param name="Failure">Why there is none though there should be, as one sentence; null when there is a value, or nothing was to be asked.</param>
internal readonly record struct RowValue<T>(T? Value, string? Failure)
    where T : class;
