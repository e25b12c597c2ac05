using System.Globalization;
using Sluice.Records;

namespace Sluice.Stages;

/// <summary>Which rows of a batch a stage takes, by a number that an earlier stage gave them. A row without the number does not pass.</summary>
internal sealed class RowCondition
{
    private readonly Func<double, bool> _passes;

    private RowCondition(string column, string words, double limit, Func<double, bool> passes)
    {
        Column = column;
        Text = string.Create(CultureInfo.InvariantCulture, $"{column} {words} {limit:R}");
        _passes = passes;
    }

    /// <summary>The column read.</summary>
    public string Column { get; }

    /// <summary>The condition in words, such as <c>quality above 0</c>.</summary>
    public string Text { get; }

    /// <summary>The condition of options whose limits <see cref="Limits"/> counts one of.</summary>
    public static RowCondition From(ConditionOptions options) => options switch
    {
        { Above: { } limit } => new(options.Column, "above", limit, value => value > limit),
        { AtLeast: { } limit } => new(options.Column, "at least", limit, value => value >= limit),
        { Below: { } limit } => new(options.Column, "below", limit, value => value < limit),
        { AtMost: { } limit } => new(options.Column, "at most", limit, value => value <= limit),
        _ => throw new ArgumentException("A condition needs a limit. This is a bug.", nameof(options)),
    };

    /// <summary>How many limits the options state.</summary>
    public static int Limits(ConditionOptions options) =>
        ((double?[])[options.Above, options.AtLeast, options.Below, options.AtMost]).Count(limit => limit is not null);

    /// <summary>Whether each row of the batch passes.</summary>
    public bool[] Of(RowBatch batch) => batch.Columns.TryGetValue(Column, out ColumnData? data) && data is NumberData numbers
        ? Array.ConvertAll(numbers.Values, value => _passes(value))
        : throw new InvalidOperationException($"The column '{Column}' of numbers is not in the batch. This is a bug.");
}
