using System.Globalization;
using System.Text.Json.Nodes;

namespace Sluice.Recipes.Steps;

/// <summary>Keeps the rows whose value passes a limit, in their order. A row without a value is dropped and says so.</summary>
internal sealed class ThresholdStep : IRecipeStep
{
    private readonly string _column;
    private readonly double _limit;
    private readonly string _words;
    private readonly Func<double, double, bool> _passes;

    public ThresholdStep(ThresholdStepOptions options)
    {
        _column = options.Column;
        (_limit, _words, _passes) = options switch
        {
            { Above: { } limit } => (limit, "above", (Func<double, double, bool>)(static (v, l) => v > l)),
            { AtLeast: { } limit } => (limit, "at least", static (v, l) => v >= l),
            { Below: { } limit } => (limit, "below", static (v, l) => v < l),
            { AtMost: { } limit } => (limit, "at most", static (v, l) => v <= l),
            _ => throw new ArgumentException("A threshold needs a limit. This is a bug.", nameof(options)),
        };
    }

    public string Name => "Threshold";

    public bool IsFilter => true;

    public IReadOnlyList<string> Columns => [_column];

    public static ThresholdStep? Create(StepReading reading)
    {
        ThresholdStepOptions options = reading.Options<ThresholdStepOptions>();
        reading.Require(nameof(options.Column), options.Column);
        int limits = new[] { options.Above, options.AtLeast, options.Below, options.AtMost }.Count(l => l is not null);
        reading.Check(limits == 1, $"Found {limits} limits, expected exactly one of Above, AtLeast, Below, AtMost.");
        return limits == 1 ? new ThresholdStep(options) : null;
    }

    public StepResult Apply(StepContext context, CancellationToken token)
    {
        double[] values = context.Numbers(_column);
        List<long> kept = [];
        List<long> dropped = [];
        foreach (long row in context.Incoming)
        {
            (_passes(values[row], _limit) ? kept : dropped).Add(row);
        }

        long[] gone = [.. dropped];
        return new StepResult
        {
            Kept = kept,
            Dropped = new DropList(gone, i => Reason(values[gone[i]])),
            Figures = new JsonObject { ["column"] = _column, ["limit"] = $"{_words} {_limit.ToString(CultureInfo.InvariantCulture)}", ["kept"] = kept.Count },
        };
    }

    private string Reason(double value) => double.IsNaN(value)
        ? $"{_column} is absent"
        : string.Create(CultureInfo.InvariantCulture, $"{_column} {value:0.####} is not {_words} {_limit}");
}
