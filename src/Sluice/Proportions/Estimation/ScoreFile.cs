using Sluice.Diagnostics;

namespace Sluice.Proportions.Estimation;

/// <summary>
/// Reads measured scores: a CSV file with the columns <c>trained</c> (<c>base</c> or a category), <c>target</c> (a category), <c>slice</c> (any name) and <c>score</c> (a number), in
/// any order, a line a score. Every trained model needs a score on every slice of every target.
/// </summary>
internal static class ScoreFile
{
    private static readonly string[] s_columns = ["trained", "target", "slice", "score"];

    /// <summary>Reads a file. Throws <see cref="ScoreFileException"/> with every mistake in it, and <see cref="IOException"/> when it cannot be opened.</summary>
    /// <param name="path">The file.</param>
    /// <param name="categories">The study's categories.</param>
    public static MeasuredScores Read(string path, IReadOnlyList<string> categories)
    {
        try
        {
            return Parse(CsvTable.Read(path), categories);
        }
        catch (InvalidDataException exception)
        {
            // The table itself cannot be taken apart; its message names file and line.
            throw new InvalidDataException($"{exception.Message} Expected the columns {string.Join(", ", s_columns)}, as in the template that 'sluice study plan' writes.", exception);
        }
    }

    /// <summary>As <see cref="Read"/>, from a table.</summary>
    public static MeasuredScores Parse(CsvTable table, IReadOnlyList<string> categories)
    {
        CsvLine header = table.Lines[0];
        int[] places = [.. s_columns.Select(c => Array.IndexOf(header.Fields, c))];
        if (places.Contains(-1))
        {
            throw new ScoreFileException(table.File, [new(header.Number, $"Found the columns {string.Join(", ", header.Fields)}, expected {string.Join(", ", s_columns)}.")]);
        }

        List<ScoreFault> faults = [];
        Dictionary<(string Trained, string Target, string Slice), ScoreEntry> entries = [];
        // A line that says the score wrongly still says that there is one: it is not reported as missing too.
        HashSet<(string, string, string)> present = [];
        List<(string Target, string Slice, int Line)> slices = [];
        HashSet<(string, string)> named = [];
        foreach (CsvLine line in table.Lines.Skip(1))
        {
            if (line.Fields.Length != header.Fields.Length)
            {
                faults.Add(new(line.Number, $"Found {line.Fields.Length} fields, expected {header.Fields.Length} as in the header."));
                continue;
            }

            (string trained, string target, string slice) = (line.Fields[places[0]], line.Fields[places[1]], line.Fields[places[2]]);
            if (!Names(line.Number, trained, target, slice, categories, faults))
            {
                continue;
            }

            present.Add((trained, target, slice));
            if (named.Add((target, slice)))
            {
                slices.Add((target, slice, line.Number));
            }

            string text = line.Fields[places[3]];
            if (!CsvLine.TryNumber(text, out double score))
            {
                faults.Add(new(line.Number, $"Found the score '{text}', expected a finite number with a decimal point."));
            }
            else if (!entries.TryAdd((trained, target, slice), new ScoreEntry(line.Number, trained, target, slice, score)))
            {
                faults.Add(new(line.Number, $"Found a second score of '{trained}' on '{target}', slice '{slice}'; the first is on line {entries[(trained, target, slice)].Line}. Expected one each."));
            }
        }

        ScoreGaps.Find(categories, slices, present, faults);
        return faults.Count > 0
            ? throw new ScoreFileException(table.File, [.. faults.OrderBy(f => f.Line == 0 ? int.MaxValue : f.Line)])
            : Arrange(categories, slices, entries);
    }

    private static bool Names(int line, string trained, string target, string slice, IReadOnlyList<string> categories, List<ScoreFault> faults)
    {
        int before = faults.Count;
        if (trained != MeasuredScores.Base && !categories.Contains(trained))
        {
            faults.Add(new(line, $"Found the trained category '{trained}', expected '{MeasuredScores.Base}' or one of the study's categories.{Suggestion.DidYouMean(trained, [MeasuredScores.Base, .. categories])}"));
        }

        if (!categories.Contains(target))
        {
            faults.Add(new(line, $"Found the target category '{target}', expected one of the study's categories.{Suggestion.DidYouMean(target, categories)}"));
        }

        if (slice.Length == 0)
        {
            faults.Add(new(line, "Found no slice, expected its name or number."));
        }

        return faults.Count == before;
    }

    private static MeasuredScores Arrange(
        IReadOnlyList<string> categories, List<(string Target, string Slice, int Line)> slices, Dictionary<(string Trained, string Target, string Slice), ScoreEntry> entries)
    {
        string[][] names = [.. categories.Select(c => slices.Where(s => s.Target == c).Select(s => s.Slice).ToArray())];
        double[][] Of(string trained) => [.. categories.Select((target, j) => names[j].Select(slice => entries[(trained, target, slice)].Score).ToArray())];
        return new MeasuredScores
        {
            Categories = categories,
            Slices = names,
            BaseScores = Of(MeasuredScores.Base),
            Scores = [.. categories.Select(Of)],
        };
    }
}
