using Sluice.Parsing;
using Sluice.Records;

namespace Sluice.Faults.Tests.Input;

/// <summary>What became of one row: framed, then parsed or refused.</summary>
internal sealed record Fate(RawRow Row, Sample? Sample, string? Reason)
{
    public static Fate Of(RawRow row, ParseOutcome outcome) => new(row, outcome.Sample, outcome.Reason);

    /// <summary>The texts of the turns, by role, as a good row states them.</summary>
    public string Turns => Sample is null ? "" : string.Join('|', Sample.Turns.Select(turn => $"{turn.Role}:{turn.Text}"));
}
