using System.Globalization;
using Sluice.Records;

namespace Sluice.Stages;

/// <summary>Names rows as the pool does, <c>file#number</c>, once the files of the run are planned.</summary>
internal sealed class RowIds
{
    /// <summary>Names of the plan's files, in its order; set before the first row flows.</summary>
    public IReadOnlyList<string> Files { get; set; } = [];

    /// <summary>A row's id.</summary>
    public string Of(Sample row) => string.Create(CultureInfo.InvariantCulture, $"{Files[row.Origin.File]}#{row.Origin.Number}");
}
