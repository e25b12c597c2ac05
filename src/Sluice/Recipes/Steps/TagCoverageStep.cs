using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Recipes.Tags;
using Sluice.Selection.TagCoverage;

namespace Sluice.Recipes.Steps;

/// <summary>
/// Chooses the rows with the most tags that together cover all tags: complexity-first diverse sampling, InsTag, arXiv 2308.07074, algorithm 1.
/// </summary>
internal sealed class TagCoverageStep : IRecipeStep
{
    private readonly TagCoverageStepOptions _options;
    private readonly AtomicTags _atomic;

    private TagCoverageStep(TagCoverageStepOptions options, AtomicTags atomic)
    {
        _options = options;
        _atomic = atomic;
    }

    public string Name => "TagCoverage";

    public bool IsFilter => false;

    public IReadOnlyList<string> Columns => [_options.Column];

    public static TagCoverageStep Create(StepReading reading)
    {
        TagCoverageStepOptions options = reading.Options<TagCoverageStepOptions>();
        AtomicTags atomic = new(options, reading.BaseFolder);
        reading.Check(options.Count > 0, "Found no Count, expected the number of rows to choose, such as \"Count\": 6000.");
        (string? message, string? key) = atomic.Check();
        reading.Check(message is null, message ?? "", key);
        return new TagCoverageStep(options, atomic);
    }

    public StepResult Apply(StepContext context, CancellationToken token)
    {
        // Row order, so that a tie goes to the lowest row whatever order the rows came in.
        long[] rows = [.. context.Incoming.Order()];
        TagColumn column = TagColumn.Read(context.TextLists(_options.Column), rows, tidy: _atomic.IsOn);
        JsonObject? normalized = null;
        if (_atomic.IsOn)
        {
            (column, normalized) = _atomic.Run(column, context, token);
        }

        ComplexityFirstResult result = ComplexityFirst.Run(column.Sets, _options.Count, _options.Untagged == "last", token);
        bool[] chosen = new bool[rows.Length];
        foreach (int at in result.Order)
        {
            chosen[at] = true;
        }

        JsonObject figures = TagFigures.Of(column, result, _options.Count);
        figures["column"] = _options.Column;
        if (normalized is not null)
        {
            figures["normalized"] = normalized;
        }

        return new StepResult
        {
            Kept = [.. result.Order.Select(at => rows[at])],
            Dropped = [.. Enumerable.Range(0, rows.Length).Where(at => !chosen[at]).Select(at => new Drop(rows[at], Reason(column.Sets[at].Length, result.Round[at], result)))],
            RowFigures = new Dictionary<string, double[]>
            {
                ["tagCount"] = [.. result.Order.Select(at => (double)column.Sets[at].Length)],
                ["round"] = [.. result.Order.Select(at => result.Round[at] > 0 ? result.Round[at] : double.NaN)],
            },
            Figures = figures,
        };
    }

    private string Reason(int tags, int round, ComplexityFirstResult result) => tags == 0
        ? _options.Untagged == "last" ? $"it has no tag, and {result.Order.Length} rows were chosen before it" : "it has no tag, so no round takes it"
        : string.Create(CultureInfo.InvariantCulture, $"its turn would come in round {round}; {result.Order.Length} rows were chosen by round {result.Rounds}");
}
