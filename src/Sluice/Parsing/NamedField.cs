namespace Sluice.Parsing;

/// <summary>A field's value with the name by which messages call it.</summary>
/// <param name="Name">Name, or path.</param>
/// <param name="Value">Where its value stands.</param>
internal readonly record struct NamedField(string Name, FieldValue Value);
