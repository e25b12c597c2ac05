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

        // What the reasons need, in place of the reasons: a few bytes a row.
        int[] others = [.. Enumerable.Range(0, rows.Length).Where(at => !chosen[at])];
        int[] tags = Array.ConvertAll(others, at => column.Sets[at].Length);
        int[] rounds = Array.ConvertAll(others, at => result.Round[at]);
        (int chosenCount, int lastRound) = (result.Order.Length, result.Rounds);
        JsonObject figures = TagFigures.Of(column, result, _options.Count);
        figures["column"] = _options.Column;
        if (normalized is not null)
        {
            figures["normalized"] = normalized;
        }

        return new StepResult
        {
            Kept = [.. result.Order.Select(at => rows[at])],
            Dropped = new DropList(Array.ConvertAll(others, at => rows[at]), i => Reason(tags[i], rounds[i], chosenCount, lastRound)),
            RowFigures = new Dictionary<string, double[]>
            {
                ["tagCount"] = [.. result.Order.Select(at => (double)column.Sets[at].Length)],
                ["round"] = [.. result.Order.Select(at => result.Round[at] > 0 ? result.Round[at] : double.NaN)],
            },
            Figures = figures,
        };
    }

    private string Reason(int tags, int round, int chosen, int last) => tags == 0
        ? _options.Untagged == "last" ? $"it has no tag, and {chosen} rows were chosen before it" : "it has no tag, so no round takes it"
        : string.Create(CultureInfo.InvariantCulture, $"its turn would come in round {round}; {chosen} rows were chosen by round {last}");
}
