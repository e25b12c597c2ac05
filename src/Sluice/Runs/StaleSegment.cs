using Sluice.Pool;
using Sluice.Stages;

namespace Sluice.Runs;

/// <summary>A committed segment and what of it must be scored again.</summary>
/// <param name="Record">The segment.</param>
/// <param name="Columns">Columns that are not there, or were made by something else; in name order.</param>
/// <param name="Stages">The stages that make them.</param>
/// <param name="Reads">Stored columns that those stages read and none of them makes.</param>
internal sealed record StaleSegment(LedgerRecord Record, IReadOnlyList<string> Columns, IReadOnlyList<IColumnStage> Stages, IReadOnlyList<string> Reads)
{
    /// <summary>Compares a segment with the stages at hand.</summary>
    public static StaleSegment Of(LedgerRecord record, StageSet stages)
    {
        string[] columns = [.. stages.Fingerprints
            .Where(made => !record.Columns.Any(column => column.Name == made.Key && column.Fingerprint == made.Value))
            .Select(made => made.Key).Order(StringComparer.Ordinal)];
        IColumnStage[] needed = [.. stages.Models.Where(stage => columns.Any(column => stages.Fingerprints[column] == stage.Fingerprint))];
        HashSet<string> made = [.. stages.Fingerprints.Where(column => needed.Any(stage => stage.Fingerprint == column.Value)).Select(column => column.Key)];
        return new StaleSegment(record, columns, needed, [.. needed.SelectMany(stage => stage.Reads).Distinct().Where(column => !made.Contains(column))]);
    }
}
