namespace Sluice.Records;

/// <summary>One turn of a conversation. The text is a slice of a buffer that its batch owns: no string a field.</summary>
/// <param name="Role">Who speaks.</param>
/// <param name="Text">What is said, unescaped, exactly as in the row; may be empty.</param>
public readonly record struct Turn(Role Role, ReadOnlyMemory<char> Text);
