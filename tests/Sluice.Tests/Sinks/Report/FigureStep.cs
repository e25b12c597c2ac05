using System.Text.Json.Nodes;
using Sluice.Recipes;

namespace Sluice.Tests.Sinks.Report;

/// <summary>A step of any name that keeps given rows, with given figures and reasons: what a step of a plug-in may look like to the page.</summary>
internal sealed class FigureStep(string name, Func<long, bool> keeps, Func<long, string> reason, JsonObject? figures = null, IReadOnlyList<long>? added = null) : IRecipeStep
{
    public string Name => name;

    public bool IsFilter => false;

    public IReadOnlyList<string> Columns => [];

    public StepResult Apply(StepContext context, CancellationToken token) => new()
    {
        Kept = [.. context.Incoming.Where(keeps), .. added ?? []],
        Dropped = [.. context.Incoming.Where(r => !keeps(r)).Select(r => new Drop(r, reason(r)))],
        Figures = figures ?? [],
    };
}
