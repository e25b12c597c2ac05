using System.ComponentModel.DataAnnotations;
using Sluice.Configuration;

namespace Sluice.Recipes.Steps;

/// <summary>Options of <see cref="TopStep"/>: either a count or a ratio is given.</summary>
public sealed class TopStepOptions
{
    /// <summary>The column of numbers that ranks. Required.</summary>
    [OptionHint(Required = true)]
    public string Column { get; init; } = "";

    /// <summary>Rows to keep.</summary>
    [Range(1L, long.MaxValue)]
    public long? Count { get; init; }

    /// <summary>Share of rows to keep, rounded down, at least one row. Where Cherry's share comes to no row its <c>[-0:]</c> keeps all of them.</summary>
    [Range(0.0, 1.0)]
    public double? Ratio { get; init; }

    /// <summary>
    /// What <see cref="Ratio"/> is a share of: the rows that came in (<c>incoming</c>, default; Cherry's <c>data_by_IFD.py</c>), or every row of the pool
    /// (<c>candidates</c>; Cherry's <c>select_from_ifd_json.py</c>, and Superfiltering, whose script has Alpaca's 52,002 written in it).
    /// </summary>
    [AllowedValues("incoming", "candidates")]
    public string RatioOf { get; init; } = "incoming";

    /// <summary>Which of rows with equal values comes first: the <c>low</c>est row (default), or the <c>high</c>est, as Cherry's last rows of an ascending sort do.</summary>
    [AllowedValues("low", "high")]
    public string Ties { get; init; } = "low";

    /// <summary>Order of the rows kept: by <c>rank</c>, highest first (default), or by <c>row</c>, as in the pool (Cherry's <c>data_by_IFD.py</c>).</summary>
    [AllowedValues("rank", "row")]
    public string Order { get; init; } = "rank";
}
