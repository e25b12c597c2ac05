using Sluice.Sinks.Report.Facts;

namespace Sluice.Sinks.Report.Sections;

/// <summary>What the linear programme over category shares decided, and in words what holds it back.</summary>
internal sealed class ProportionsSection : IReportSection
{
    private const int MaxCategories = 80;
    private const double Negligible = 1e-9;

    public string Id => "proportions";

    public string Title => "Why these proportions";

    public string? Missing(ReportContext context) => Steps(context).Any() ? null : "the recipe has no Proportions step";

    public void Write(Markup markup, ReportContext context)
    {
        foreach (StepFacts step in Steps(context).Take(5))
        {
            markup.Leaf("h3", $"Step {step.Number}: the linear programme");
            markup.Leaf("p", Answer(step));
            Limits(markup, step);
            Shares(markup, step);
        }
    }

    private static IEnumerable<StepFacts> Steps(ReportContext context) => context.Steps.Where(s => s.Name == "Proportions" && s.Figures.NumbersByName("weights").Count > 0);

    private static string Answer(StepFacts step)
    {
        double objective = step.Figures.Number("objective");
        double before = step.Figures.Number("objectiveBefore");
        string status = step.Figures.Text("status");
        return $"The programme chooses the shares that the effect-equivalence matrix expects most of, within the limits given{(status.Length == 0 ? "" : $"; it ended {SafeText.Shorten(status, 40)}")}. "
            + $"Expected effect {Figures.Number(objective)}"
            + (double.IsFinite(before) ? $", {Figures.Number(before)} at the shares of importance ({Signed(objective - before)})." : ".");
    }

    // A dual value is what one whole unit of a limit is worth; people loosen a limit by a point.
    private static void Limits(Markup markup, StepFacts step)
    {
        IReadOnlyDictionary<string, double> duals = step.Figures.NumbersByName("duals");
        if (duals.Count == 0)
        {
            return;
        }

        markup.Leaf("h4", "Limits that hold it back (dual values)");
        using (markup.Element("ul"))
        {
            foreach ((string name, double dual) in duals.OrderByDescending(d => Math.Abs(d.Value)).ThenBy(d => d.Key, StringComparer.Ordinal).Take(MaxCategories))
            {
                using (markup.Element("li"))
                {
                    markup.Leaf("b", SafeText.Shorten(name, 80), ("dir", "auto"));
                    markup.Text(": " + Dual(name, dual));
                }
            }
        }
    }

    private static string Dual(string name, double dual) => name == "total"
        ? $"all shares add up to 100 %, whatever is chosen; each share competes against {Figures.Number(dual)} a unit."
        : Math.Abs(dual) < Negligible ? "does not bind; loosening it changes nothing."
        : $"binds at its {(dual > 0 ? "upper" : "lower")} limit; {(dual > 0 ? "raising" : "lowering")} it by one percentage point adds {Figures.Number(Math.Abs(dual) / 100)} to the expected effect (dual {Figures.Number(dual)}).";

    private static void Shares(Markup markup, StepFacts step)
    {
        IReadOnlyDictionary<string, double> alpha = step.Figures.NumbersByName("alpha");
        IReadOnlyDictionary<string, double> weights = step.Figures.NumbersByName("weights");
        IReadOnlyDictionary<string, double> costs = step.Figures.NumbersByName("reducedCosts");
        IReadOnlyDictionary<string, double> counts = step.Figures.NumbersByName("counts");
        IReadOnlyDictionary<string, double> worth = step.Figures.NumbersByName("worth");
        List<string> names = [.. weights.Keys.Where(n => weights[n] > 0 || alpha.GetValueOrDefault(n) > 0)
            .OrderByDescending(n => weights[n] - alpha.GetValueOrDefault(n, 0)).ThenBy(n => n, StringComparer.Ordinal)];
        Table.Write(
            markup,
            "Shares by category, most raised first",
            ["Category", "Importance (alpha)#", "Chosen (weight)#", "Change#", "Rows#", "Worth a unit#", "Reduced cost#", "In words"],
            names.Take(MaxCategories).Select(n => (IReadOnlyList<string>)
            [
                SafeText.Shorten(n, 80),
                Figures.Percent(Of(alpha, n)),
                Figures.Percent(weights[n]),
                Figures.Points(weights[n] - Of(alpha, n)),
                double.IsFinite(Of(counts, n)) ? Figures.Count((long)Of(counts, n)) : Figures.None,
                Figures.Number(Of(worth, n)),
                Figures.Number(Of(costs, n)),
                Words(weights[n] - Of(alpha, n), Of(costs, n)),
            ]));
        int empty = weights.Count - names.Count;
        string more = names.Count > MaxCategories ? $" {Figures.Count(names.Count - MaxCategories)} more categories are in run.json." : "";
        markup.Leaf("p", $"Worth a unit: what one unit of the category’s share adds to the expected effect. Reduced cost: what one more unit of the category’s own limit would add.{more}"
            + (empty > 0 ? $" {Figures.Count(empty)} categories of the matrix have no rows and no share here." : ""));
    }

    private static string Words(double change, double cost)
    {
        string moved = double.IsNaN(change) ? "" : change > Negligible ? "raised" : change < -Negligible ? "lowered" : "unchanged";
        return double.IsNaN(cost) ? moved
            : Math.Abs(cost) < Negligible ? $"{moved}; no limit of its own binds"
            : cost > 0 ? $"{moved}, held at its upper limit: one point more would add {Figures.Number(cost / 100)}"
            : $"{moved}, held at its lower limit: one point less would add {Figures.Number(-cost / 100)}";
    }

    private static double Of(IReadOnlyDictionary<string, double> values, string name) => values.GetValueOrDefault(name, double.NaN);

    private static string Signed(double value) => value >= 0 ? $"+{Figures.Number(value)}" : Figures.Number(value);
}
