using System.Text.Json.Nodes;

namespace Sluice.Recipes.Steps;

/// <summary>
/// Puts what earlier steps kept together, in the order they are named, each row once. MoDS concatenates its seeds and its augmentation as they are (<c>merge.py</c>), which
/// repeats a seed that is necessary too; here such a row keeps its first place and is counted.
/// </summary>
internal sealed class MergeStep(MergeStepOptions options) : IRecipeStep
{
    public string Name => "Merge";

    public bool IsFilter => false;

    public IReadOnlyList<string> Columns => [];

    public static MergeStep Create(StepReading reading)
    {
        MergeStepOptions options = reading.Options<MergeStepOptions>();
        reading.Check(options.Of.Count >= 2, $"Found {options.Of.Count} names, expected at least two earlier steps to put together.", nameof(options.Of));
        return new MergeStep(options);
    }

    public StepResult Apply(StepContext context, CancellationToken token)
    {
        HashSet<long> seen = [];
        List<long> kept = [];
        JsonObject parts = [];
        int repeated = 0;
        foreach (string name in options.Of)
        {
            IReadOnlyList<long> rows = context.Answer(name);
            parts[name] = rows.Count;
            foreach (long row in rows)
            {
                if (seen.Add(row))
                {
                    kept.Add(row);
                }
                else
                {
                    repeated++;
                }
            }
        }

        return new StepResult
        {
            Kept = kept,
            Dropped = [.. context.Incoming.Where(r => !seen.Contains(r)).Select(r => new Drop(r, $"in none of {string.Join(", ", options.Of)}"))],
            Figures = new JsonObject { ["kept"] = kept.Count, ["of"] = parts, ["repeated"] = repeated },
        };
    }
}
