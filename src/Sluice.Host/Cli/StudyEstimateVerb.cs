using System.CommandLine;
using System.Globalization;
using Sluice.Configuration;
using Sluice.Proportions.Estimation;
using Sluice.Runs.Study;

namespace Sluice.Host.Cli;

/// <summary><c>sluice study estimate --study study.json --scores FILE.csv --out DIR</c>, or <c>--matrix FILE.csv --out DIR</c>.</summary>
internal static class StudyEstimateVerb
{
    public static Command Create()
    {
        Option<string?> study = new("--study") { Description = "The study.json that 'sluice study plan' wrote.", HelpName = "FILE" };
        Option<string?> scores = new("--scores") { Description = "The filled-in table: trained ('base' or a category), target, slice, score. Scores or losses; every model on every slice.", HelpName = "FILE.csv" };
        Option<string?> matrix = new("--matrix") { Description = "A finished matrix instead (row = target, column = trained): only its taxonomy and its picture are made.", HelpName = "FILE.csv" };
        Option<bool> transpose = new("--transpose") { Description = "The finished matrix has trained categories in rows and targets in columns. Base and dependent categories change places with it." };
        Option<double> minGain = new("--min-gain") { Description = "A slice counts only where training a category moved its own score by at least this much; in the scores' unit.", HelpName = "X", DefaultValueFactory = static _ => 0.001 };
        Option<double> clip = new("--clip") { Description = "Largest absolute coefficient.", HelpName = "X", DefaultValueFactory = static _ => 1.2 };
        Option<double> edge = new("--edge") { Description = "Least coefficient of an edge of the taxonomy.", HelpName = "T", DefaultValueFactory = static _ => 0.5 };
        Command command = new("estimate",
            "Turn the scores of a study's models into matrix.csv (for the Proportions step: row = target, column = trained), confidence/ (variance over slices, what is undefined or clipped), "
            + "taxonomy.json (base, intermediate and dependent categories, for the Curriculum step; circles are named and broken), heatmap.svg and study.html. Every mistake in the table is "
            + "reported at once, with its line.")
        {
            Options = { study, scores, matrix, transpose, minGain, clip, edge },
        };
        return Verb.Run(command, new CommonOptions(), static _ => null, (context, parse, _) =>
        {
            StudyEstimateReport report = context.Get<StudyEstimateRun>().Run(new StudyEstimateOptions
            {
                Study = parse.GetValue(study),
                Scores = parse.GetValue(scores),
                Matrix = parse.GetValue(matrix),
                Transpose = parse.GetValue(transpose),
                Out = Path.GetFullPath(context.Values.Out ?? throw new ConfigurationException([new("--out", "Found none, expected the directory for the answer.")])),
                MinGain = parse.GetValue(minGain),
                Clip = parse.GetValue(clip),
                Edge = parse.GetValue(edge),
            });
            DependencyTaxonomy taxonomy = report.Taxonomy;
            if (report.Estimate is { } estimate)
            {
                context.Print(string.Create(CultureInfo.InvariantCulture,
                    $"{estimate.Categories.Count} x {estimate.Categories.Count} coefficients, {estimate.Cells.Count(c => c.IsUndefined)} undefined, {estimate.Cells.Count(c => c.IsClipped)} clipped."));
            }

            context.Print($"{taxonomy.Base.Count} base, {taxonomy.Intermediate.Count} intermediate and {taxonomy.Dependent.Count} dependent categories by {taxonomy.Edges.Count} edges; {taxonomy.Cycles.Count} circles broken.");
            context.Print($"Look at {Path.Combine(report.Folder, "study.html")}.");
            return Task.FromResult(ExitCode.Done);
        });
    }
}
