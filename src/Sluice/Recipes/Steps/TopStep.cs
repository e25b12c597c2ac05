using System.Globalization;
using System.Text.Json.Nodes;

namespace Sluice.Recipes.Steps;

/// <summary>Keeps the rows with the highest values, highest first; ties go to the lowest row, rows without a value come last.</summary>
internal sealed class TopStep(TopStepOptions options) : IRecipeStep
{
    public string Name => "Top";

    public bool IsFilter => false;

    public IReadOnlyList<string> Columns => [options.Column];

    public static TopStep Create(StepReading reading)
    {
        TopStepOptions options = reading.Options<TopStepOptions>();
        reading.Require(nameof(options.Column), options.Column);
        reading.Check(options.Count is null != options.Ratio is null, "Expected either Count or Ratio.");
        return new TopStep(options);
    }

    public StepResult Apply(StepContext context, CancellationToken token)
    {
        double[] values = context.Numbers(options.Column);
        int count = (int)Math.Min(context.Incoming.Count, options.Count ?? Math.Max(1, (long)(context.Incoming.Count * options.Ratio!.Value)));
        long[] ranked = [.. context.Incoming.OrderByDescending(r => double.IsNaN(values[r]) ? double.NegativeInfinity : values[r]).ThenBy(r => r)];
        return new StepResult
        {
            Kept = ranked[..count],
            Dropped = [.. ranked[count..].Select((row, i) => new Drop(row, string.Create(CultureInfo.InvariantCulture,
                $"{options.Column} {values[row]:0.####} ranks {count + i + 1}, the best {count} were kept")))],
            Figures = new JsonObject { ["column"] = options.Column, ["kept"] = count, ["lowestKept"] = count > 0 && double.IsFinite(values[ranked[count - 1]]) ? values[ranked[count - 1]] : null },
        };
    }
}
