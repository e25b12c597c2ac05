using Sluice.Sinks.Report.Facts;

namespace Sluice.Sinks.Report.Sections;

/// <summary>What the linear programme over category shares decided, and in words what holds it back.</summary>
internal sealed class ProportionsSection : IReportSection
{
    private const int MaxSteps = 5;
    private const int MaxLimits = 40;

    public string Id => "proportions";

    public string Title => "Why these proportions";

    public string? Missing(ReportContext context) => Steps(context).Any() ? null : "the recipe has no Proportions step";

    public void Write(Markup markup, ReportContext context)
    {
        foreach (StepFacts step in Steps(context).Take(MaxSteps))
        {
            bool published = step.Figures.Text("method") == "published";
            markup.Leaf("h3", $"Step {step.Number}: {(published ? "the published rule" : "the linear programme")}");
            markup.Leaf("p", Answer(step, published));
            if (!published)
            {
                Limits(markup, step);
            }

            ShareTables.Write(markup, step);
        }
    }

    private static IEnumerable<StepFacts> Steps(ReportContext context) => context.Steps.Where(s => s.Name == "Proportions" && s.Figures.NumbersByName("weights").Count > 0);

    private static string Answer(StepFacts step, bool published)
    {
        double objective = step.Figures.Number("objective");
        double before = step.Figures.Number("objectiveBefore");
        string status = step.Figures.Text("status");
        string how = published
            ? "The authors’ released rule moves equal numbers of rows from the categories that its optimiser lowers to those that it raises."
            : $"The programme chooses the shares that the effect-equivalence matrix expects most of, within the limits given{(status.Length == 0 ? "" : $"; it ended {SafeText.Shorten(status, 40)}")}.";
        return $"{how} Expected effect {Figures.Number(objective)}"
            + (double.IsFinite(before) ? $", {Figures.Number(before)} at the shares of importance ({(objective >= before ? "+" : "")}{Figures.Number(objective - before)})." : ".");
    }

    private static void Limits(Markup markup, StepFacts step)
    {
        (string Words, double Gain)[] limits = [.. step.Figures.Objects("limits").Select(l => (l.Text("words"), l.Number("gain"))).Where(l => l.Item1.Length > 0).OrderByDescending(l => l.Item2)];
        string[] holding = [.. limits.Where(l => l.Gain > 0).Select(l => l.Words)];
        string[] idle = [.. limits.Where(l => !(l.Gain > 0)).Select(l => l.Words)];
        markup.Leaf("h4", "What holds it back, worth most first");
        if (holding.Length == 0)
        {
            markup.Leaf("p", "No limit: loosening any one of them alone would gain nothing.");
        }

        List(markup, holding);
        if (idle.Length > 0)
        {
            using (markup.Element("details"))
            {
                markup.Leaf("summary", $"{Figures.Count(idle.Length, "limit")} that {(idle.Length == 1 ? "costs" : "cost")} nothing");
                List(markup, idle);
            }
        }
    }

    private static void List(Markup markup, string[] words)
    {
        if (words.Length == 0)
        {
            return;
        }

        using (markup.Element("ul"))
        {
            foreach (string sentence in words.Take(MaxLimits))
            {
                markup.Leaf("li", SafeText.Shorten(sentence, 400), ("dir", "auto"));
            }
        }

        if (words.Length > MaxLimits)
        {
            markup.Leaf("p", $"{Figures.Count(words.Length - MaxLimits)} more are in run.json.");
        }
    }
}
