using Sluice.Pool;
using Sluice.Records;
using Sluice.Recipes;

namespace Sluice.Sinks;

/// <summary>Writes <c>dropped.parquet</c>: row, id, step and reason of every candidate that was not chosen.</summary>
internal static class DroppedWriter
{
    public const string FileName = "dropped.parquet";

    public static void Write(OutputFolder output, PoolReader pool, RecipeOutcome outcome, ITableFiles tables)
    {
        int count = outcome.Dropped.Count;
        long[] rows = new long[count];
        string?[] ids = new string?[count];
        string?[] steps = new string?[count];
        string?[] reasons = new string?[count];
        for (int i = 0; i < count; i++)
        {
            (rows[i], steps[i], reasons[i]) = outcome.Dropped[i];
            ids[i] = pool.Id(rows[i]);
        }

        output.Native(FileName, path => tables.Write(path,
        [
            new("row", new IntegerData(rows)),
            new("id", new TextData(ids)),
            new("step", new TextData(steps)),
            new("reason", new TextData(reasons)),
        ]));
    }
}
