namespace Sluice.Records;

/// <summary>A column with its name.</summary>
/// <param name="Name">Name as in files and recipes, such as <c>quality</c>.</param>
/// <param name="Data">Its values.</param>
public sealed record NamedColumn(string Name, ColumnData Data);
