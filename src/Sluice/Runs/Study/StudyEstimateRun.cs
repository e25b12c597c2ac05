using System.Globalization;
using Sluice.Configuration;
using Sluice.Pool;
using Sluice.Proportions;
using Sluice.Proportions.Estimation;
using Sluice.Sinks.Report;
using Sluice.Sinks.Study;

namespace Sluice.Runs.Study;

/// <summary>
/// Turns the scores of a study's models into the effect-equivalence matrix, the dependency taxonomy and a picture of both ("Beyond IID", arXiv 2409.07045); or draws a finished
/// matrix.
/// </summary>
internal sealed class StudyEstimateRun(IRunDisplay display)
{
    private const string MatrixName = "matrix.csv";

    /// <summary>Estimates and writes. Throws <see cref="ConfigurationException"/> with every mistake in the table of scores.</summary>
    public StudyEstimateReport Run(StudyEstimateOptions options)
    {
        Check(options);
        if (options.Matrix is { } file)
        {
            CategoryMatrix finished = CategoryMatrix.Read(file);
            return Draw(new StudyFolder(options.Out), Path.GetFileName(file), options.Transpose ? finished.Transposed() : finished, null, options.Edge);
        }

        MeasuredScores scores = Read(options.Scores!, StudyManifest.Categories(options.Study!));
        EffectEstimate estimate = EffectEstimator.Estimate(scores, options.MinGain, options.Clip);
        StudyFolder folder = new(options.Out);
        folder.WriteText(MatrixName, writer => CategoryMatrixWriter.Write(writer, estimate.Categories, (target, trained) => estimate[trained, target].Gamma));
        folder.WriteText("confidence/variance.csv", writer => CategoryMatrixWriter.Write(writer, estimate.Categories, (target, trained) => estimate[trained, target].Variance));
        folder.WriteText("confidence/cells.csv", writer => Cells(writer, estimate));
        folder.WriteText("estimate.json", writer => writer.Write(StudyAnswers.Estimate(options, estimate, scores, Describe(options.Study!), Describe(options.Scores!))));
        Warn(estimate, options);
        return Draw(folder, Path.GetFileName(options.Scores!), estimate.ToMatrix(MatrixName), estimate, options.Edge);
    }

    private static StudyEstimateReport Draw(StudyFolder folder, string source, CategoryMatrix matrix, EffectEstimate? estimate, double edge)
    {
        DependencyTaxonomy taxonomy = TaxonomyInduction.Induce(matrix, edge);
        StudyPicture picture = new(matrix, estimate);
        folder.WriteText("taxonomy.json", writer => writer.Write(StudyAnswers.Taxonomy(taxonomy)));
        folder.Write("heatmap.svg", stream =>
        {
            using Markup markup = new(stream, isPage: false);
            HeatMap.Write(markup, picture, alone: true);
        });
        folder.Write("study.html", stream => StudyPage.Write(stream, source, picture, taxonomy));
        return new StudyEstimateReport(folder.Path, estimate, taxonomy);
    }

    private static void Check(StudyEstimateOptions options)
    {
        List<ConfigurationError> errors = [];
        bool estimates = options is { Study: not null, Scores: not null, Matrix: null };
        bool draws = options is { Study: null, Scores: null, Matrix: not null };
        if (!estimates && !draws)
        {
            errors.Add(new("--matrix", "Expected either --study with --scores, to estimate a matrix, or --matrix alone, to draw a finished one."));
        }

        if (options.Transpose && options.Matrix is null)
        {
            errors.Add(new("--transpose", "Found it without --matrix, expected a finished matrix to exchange rows and columns of."));
        }

        foreach ((string key, string? file) in (IEnumerable<(string, string?)>)[("--study", options.Study), ("--scores", options.Scores), ("--matrix", options.Matrix)])
        {
            if (file is not null && !File.Exists(file))
            {
                errors.Add(new(key, $"The file {file} does not exist."));
            }
        }

        foreach ((string key, double value, bool isFine, string expected) in (IEnumerable<(string, double, bool, string)>)
            [("--min-gain", options.MinGain, options.MinGain >= 0, "0 or more"), ("--clip", options.Clip, options.Clip > 0, "more than 0"), ("--edge", options.Edge, options.Edge > 0, "more than 0")])
        {
            if (!isFine || !double.IsFinite(value))
            {
                errors.Add(new(key, $"Found {value.ToString(CultureInfo.InvariantCulture)}, expected {expected}."));
            }
        }

        if (errors.Count > 0)
        {
            throw new ConfigurationException(errors);
        }
    }

    private static MeasuredScores Read(string path, IReadOnlyList<string> categories)
    {
        try
        {
            return ScoreFile.Read(path, categories);
        }
        catch (ScoreFileException exception)
        {
            throw new ConfigurationException([.. exception.Faults.Select(f => new ConfigurationError("--scores", f.Line == 0 ? $"{path}: {f.Message}" : $"{path}, line {f.Line}: {f.Message}"))]);
        }
    }

    private static void Cells(TextWriter writer, EffectEstimate estimate)
    {
        writer.Write("trained,target,gamma,average,variance,slices_used,slices,state\n");
        foreach (EffectCell cell in estimate.Cells)
        {
            writer.Write(string.Join(',',
                CategoryMatrixWriter.Field(estimate.Categories[cell.Trained]), CategoryMatrixWriter.Field(estimate.Categories[cell.Target]),
                CategoryMatrixWriter.Number(cell.IsUndefined ? double.NaN : cell.Gamma), CategoryMatrixWriter.Number(cell.Mean), CategoryMatrixWriter.Number(cell.Variance),
                cell.Used.ToString(CultureInfo.InvariantCulture), cell.Slices.ToString(CultureInfo.InvariantCulture), cell.IsUndefined ? "undefined" : cell.IsClipped ? "clipped" : "measured"));
            writer.Write('\n');
        }
    }

    private void Warn(EffectEstimate estimate, StudyEstimateOptions options)
    {
        string[] still = [.. estimate.Categories.Where((_, j) => estimate[j, j].IsUndefined)];
        if (still.Length > 0)
        {
            display.Warn($"Training on these moved their own score by less than {options.MinGain} on every slice, so nothing can be measured in their unit; their rows hold 0 (and 1 on the diagonal): {string.Join("; ", still)}.");
        }

        IReadOnlyList<string> against = estimate.AgainstTheOthers();
        if (against.Count > 0)
        {
            display.Warn($"Training on these moved their own score the other way than most categories' own training did; look at their scores before you trust their rows: {string.Join("; ", against)}.");
        }
    }

    private static StoredFile Describe(string path) => SegmentFiles.Describe(Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path));
}
