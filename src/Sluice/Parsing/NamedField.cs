namespace Sluice.Parsing;

/// <summary>A field's value with the name by which messages call it.</summary>
/// <param name="name">Name, or path.</param>
/// <param name="value">Where its value stands; not copied, since a value is read right after it was written.</param>
internal readonly ref struct NamedField(string name, ref readonly FieldValue value)
{
    private readonly ref readonly FieldValue _value = ref value;

    /// <summary>Name, or path.</summary>
    public string Name { get; } = name;

    /// <summary>Where its value stands.</summary>
    public ref readonly FieldValue Value => ref _value;
}
