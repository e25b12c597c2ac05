namespace Sluice.Runs.Diff;

/// <summary>An input file as an output's manifest names it.</summary>
/// <param name="Name">Name in row ids.</param>
/// <param name="Path">Absolute path at the time.</param>
/// <param name="Label">The user's label, or empty.</param>
/// <param name="Sha256">Digest of its bytes; empty where they were not hashed.</param>
internal sealed record OutputFile(string Name, string Path, string Label, string Sha256)
{
    /// <summary>Value of the column <c>source</c> for its rows.</summary>
    public string Source => Label.Length > 0 ? Label : Name;
}
