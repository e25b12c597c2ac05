using System.Globalization;
using System.Text.Json.Nodes;

namespace Sluice.Recipes.Steps;

/// <summary>
/// Keeps the rows whose question the tuned model answers badly: the necessity evaluation of MoDS (arXiv 2311.15653). A row without a response, and so without a score, is
/// dropped and says so; the reference loses such rows without a trace.
/// </summary>
internal sealed class NecessityStep(NecessityStepOptions options) : IRecipeStep
{
    public string Name => "Necessity";

    public bool IsFilter => true;

    // Absent is an answer of its own here, so the runner must not refuse it beforehand.
    public IReadOnlyList<string> Columns => options.WhenAbsent == "fail" ? [options.Column] : [];

    public static NecessityStep Create(StepReading reading)
    {
        NecessityStepOptions options = reading.Options<NecessityStepOptions>();
        reading.Check(options.Below is not null, "The key Below is required: the limit under which the tuned model's response is bad, such as \"Below\": 0.");
        return new NecessityStep(options);
    }

    public StepResult Apply(StepContext context, CancellationToken token)
    {
        if (!context.Has(options.Column))
        {
            return new StepResult
            {
                Kept = [],
                Dropped = [],
                Waiting = $"The pool has no column '{options.Column}' yet, so the recipe ends here with the rows chosen so far: tune the model on them, have it answer "
                    + "(Stages:Respond with its Endpoint or a File, and Stages:Necessity), and run again. Nothing is scored twice.",
            };
        }

        double[] scores = context.Numbers(options.Column);
        List<long> kept = [];
        List<Drop> dropped = [];
        int absent = 0;
        foreach (long row in context.Incoming)
        {
            double score = scores[row];
            if (score < options.Below)
            {
                kept.Add(row);
            }
            else if (double.IsNaN(score))
            {
                absent++;
                dropped.Add(new Drop(row, $"{options.Column} is absent: the tuned model gave no response"));
            }
            else
            {
                dropped.Add(new Drop(row, string.Create(CultureInfo.InvariantCulture, $"{options.Column} {score:0.####} is not below {options.Below}: the tuned model can answer it")));
            }
        }

        return new StepResult
        {
            Kept = kept,
            Dropped = dropped,
            Figures = new JsonObject { ["column"] = options.Column, ["limit"] = string.Create(CultureInfo.InvariantCulture, $"below {options.Below}"), ["kept"] = kept.Count, ["withoutResponse"] = absent },
        };
    }
}
