using System.Globalization;

namespace Sluice.Runs;

/// <summary>What a run that went on with an earlier one's work owes to it.</summary>
/// <param name="KeptRows">Rows read that were committed.</param>
/// <param name="KeptSegments">Their segments.</param>
/// <param name="RedoneRows">Rows that were under way and are done again.</param>
/// <param name="SecondsSaved">Seconds of work in what is kept; 0 when that is not known.</param>
internal sealed record Receipt(long KeptRows, int KeptSegments, long RedoneRows, double SecondsSaved)
{
    /// <summary>The receipt in a sentence.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{KeptRows:N0} rows in {KeptSegments:N0} segments are kept from an earlier run{(SecondsSaved >= 0.05 ? string.Create(CultureInfo.InvariantCulture, $", {SecondsSaved:N1} s of work saved") : "")}; {RedoneRows:N0} rows that were under way are done again");
}
