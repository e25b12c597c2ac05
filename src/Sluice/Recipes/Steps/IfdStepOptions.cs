using System.ComponentModel.DataAnnotations;
using Sluice.Pool;

namespace Sluice.Recipes.Steps;

/// <summary>Options of <see cref="IfdStep"/>: IterIT, arXiv 2412.17365. Defaults are those of its README.</summary>
public sealed class IfdStepOptions
{
    /// <summary>The column of instruction-following difficulties. Rows at 1 or above, or without a value, are not eligible. Default <c>ifd</c>.</summary>
    public string Column { get; init; } = PoolColumns.Ifd;

    /// <summary>
    /// Rows to pick: up to 1 the share of the rows that come in, rounded down but at least one row; above 1 their number. More trains longer an epoch on easier rows.
    /// Default 0.05.
    /// </summary>
    [Range(1e-9, 1e9)]
    public double Ratio { get; init; } = 0.05;

    /// <summary>
    /// How many times the picked rows are scored again before the next epoch, from the front of the order; 1 or less: all rows. More costs more scoring and lets more rows
    /// come back. Default 3.
    /// </summary>
    [Range(0, int.MaxValue)]
    public int UpdateRatio { get; init; } = 3;

    /// <summary><c>both</c> (default): score x variety of the answers' words; <c>ifd</c>: the score alone.</summary>
    [AllowedValues("both", "ifd")]
    public string Score { get; init; } = "both";

    /// <summary>What is left of the weight of an n-gram once a picked row holds it: 0 (for pools of one domain) to 1 (variety is measured once). Default 0.1.</summary>
    [Range(0.0, 1.0)]
    public double Decay { get; init; } = 0.1;

    /// <summary>
    /// Put behind every answer before its words are weighed: the reference weighs the text of the model's end token, such as <c>&lt;|end_of_text|&gt;</c>, as words. Default
    /// empty.
    /// </summary>
    public string Suffix { get; init; } = "";

    /// <summary>Whether scores are rounded to bfloat16 first, as the reference keeps them: 0.9985 then counts as 1. Default false.</summary>
    public bool Bf16 { get; init; }

    /// <summary>
    /// Directory that keeps the order between epochs: <c>order.csv</c>, <c>window.csv</c> (the rows to score again) and a folder an epoch. <c>sluice iterate</c> and the
    /// loop of <c>sluice run</c> go on from it. Relative to the recipe's file. Default empty: nothing is kept.
    /// </summary>
    public string State { get; init; } = "";
}
