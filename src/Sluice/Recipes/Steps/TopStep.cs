using System.Globalization;
using System.Text.Json.Nodes;

namespace Sluice.Recipes.Steps;

/// <summary>Keeps the rows with the highest values, highest first; ties go to the lowest row unless asked otherwise, rows without a value come last.</summary>
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
        reading.Check(options.RatioOf == "incoming" || options.Ratio is not null, "Found RatioOf without Ratio. Give the share as Ratio, or leave RatioOf out.", nameof(options.RatioOf));
        return new TopStep(options);
    }

    public StepResult Apply(StepContext context, CancellationToken token)
    {
        double[] values = context.Numbers(options.Column);
        int whole = (options.RatioOf == "candidates" ? context.Candidates : context.Incoming).Count;
        int count = (int)Math.Min(context.Incoming.Count, options.Count ?? Math.Max(1, (long)(whole * options.Ratio!.Value)));
        long[] ranked = RowRanking.Descending(context.Incoming, values, highestRowFirst: options.Ties == "high");
        long[] others = ranked[count..];
        double lowest = count > 0 ? values[ranked[count - 1]] : double.NaN;
        return new StepResult
        {
            Kept = options.Order == "row" ? [.. ranked[..count].Order()] : ranked[..count],
            Dropped = new DropList(others, i => string.Create(CultureInfo.InvariantCulture,
                $"{options.Column} {values[others[i]]:0.####} ranks {count + i + 1}, the best {count} were kept")),
            Figures = new JsonObject { ["column"] = options.Column, ["kept"] = count, ["lowestKept"] = double.IsFinite(lowest) ? lowest : null },
        };
    }
}
