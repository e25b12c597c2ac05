namespace Sluice.DuckDb.Interop;

/// <summary>A column of a file or query.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
internal sealed record Column(string Name, ColumnType Type);
