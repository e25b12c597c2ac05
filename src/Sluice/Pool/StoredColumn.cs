namespace Sluice.Pool;

/// <summary>A column of a segment.</summary>
/// <param name="Name">Its name in recipes, such as <c>quality</c>.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="File">The file that holds it, inside the segment's folder.</param>
/// <param name="Width">Numbers a row for vectors; 0 otherwise.</param>
/// <param name="Fingerprint">What made it: the model's fingerprint, or the digest of an imported file.</param>
public sealed record StoredColumn(string Name, ColumnKind Kind, string File, int Width, string Fingerprint);
