using Sluice.Pool;
using Sluice.Records;
using Sluice.Recipes;

namespace Sluice.Sinks;

/// <summary>Writes <c>dropped.parquet</c>: row, id, step and reason of every candidate that was not chosen.</summary>
internal static class DroppedWriter
{
    public const string FileName = "dropped.parquet";

    /// <summary>Starts writing; the pool's places must be loaded (<see cref="PlacesAhead"/>), since others read them meanwhile.</summary>
    public static PendingOutput Start(OutputFolder output, PoolReader pool, RecipeOutcome outcome, ITableFiles tables)
    {
        IReadOnlyList<(long Row, string Step, string Reason)> dropped = outcome.Dropped;
        long[] rows = new long[dropped.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = DroppedRows.RowAt(dropped, i);
        }

        return output.Start(FileName, path => tables.Write(path,
        [
            new("row", new IntegerData(rows)),
            new("id", new MadeTextData(rows.Length, i => pool.Id(rows[i]))),
            new("step", new MadeTextData(rows.Length, i => DroppedRows.StepAt(dropped, i))),
            new("reason", new MadeTextData(rows.Length, i => dropped[i].Reason)),
        ]));
    }
}
