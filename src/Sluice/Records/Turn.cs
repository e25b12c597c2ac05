namespace Sluice.Records;

/// <summary>One turn of a conversation. The text is a slice of its row, or of a buffer that its batch owns.</summary>
/// <param name="Role">Who speaks.</param>
/// <param name="Text">What is said, unescaped, exactly as in the row; may be empty.</param>
public readonly record struct Turn(Role Role, Utf8Text Text);
