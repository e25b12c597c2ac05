using System.Globalization;
using System.Runtime.ExceptionServices;
using Sluice.Configuration;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Sinks.Diff;

namespace Sluice.Runs.Diff;

/// <summary>
/// Compares two outputs of the same rows: what entered, what left, how the mix and the scores moved, and why. Reads the directories alone; memory grows with about 100 bytes a
/// chosen row, not with the pool.
/// </summary>
internal sealed class DiffRun(ITableFiles tables, IParquetRows parquet)
{
    private const int MostScores = 12;

    /// <summary>Compares. Throws <see cref="ConfigurationException"/> when a directory is no output, and <see cref="InvalidDataException"/> when one is damaged.</summary>
    /// <param name="before">The first output directory.</param>
    /// <param name="after">The second.</param>
    /// <param name="samples">Rows to show of those that entered, and of those that left; 0 or more.</param>
    /// <param name="token">Ends it.</param>
    public DiffReport Run(string before, string after, int samples, CancellationToken token)
    {
        List<ConfigurationError> errors = [];
        OutputManifest? first = OutputManifest.Open(before, "OUT1", errors);
        OutputManifest? second = OutputManifest.Open(after, "OUT2", errors);
        if (first is null || second is null)
        {
            throw new ConfigurationException(errors);
        }

        string[] scores = [.. first.Columns.Keys.Where(name => IsScore(first, name) && IsScore(second, name)).OrderBy(Rank).ThenBy(n => n, StringComparer.Ordinal).Take(MostScores)];
        (DiffInput one, DiffInput two) = ReadBoth(first, second, scores, token);
        FilePairs files = FilePairs.Of(first.Files, second.Files);
        RowMatching rows = RowMatching.Of(one.Selection, two.Selection, files);
        DiffRows moved = new(tables, parquet, samples);
        (IReadOnlyList<DiffReason> whyEntered, IReadOnlyList<DiffRow> entered) = moved.Of(two, rows.Entered, one, files.BeforeOf, token);
        (IReadOnlyList<DiffReason> whyLeft, IReadOnlyList<DiffRow> left) = moved.Of(one, rows.Left, two, files.AfterOf, token);
        return new DiffReport
        {
            Identical = IsIdentical(one.Selection, two.Selection, rows),
            Before = first.Side with { Selected = one.Selection.Keys.Length, Written = one.Selection.Lines },
            After = second.Side with { Selected = two.Selection.Keys.Length, Written = two.Selection.Lines },
            Stayed = rows.Stayed.Count,
            Entered = rows.Entered.Count,
            Left = rows.Left.Count,
            DoubtfulBefore = rows.DoubtfulBefore,
            DoubtfulAfter = rows.DoubtfulAfter,
            Ranks = Ranks(one, two, rows),
            Mix = Mix(one, two),
            Scores = [.. scores.Select(name => Score(name, one.Selection.Scores[name], two.Selection.Scores[name])).Where(s => s.Before.Rows + s.After.Rows > 0)],
            Settings = SettingChanges.Of(first, second, files),
            WhyEntered = whyEntered,
            WhyLeft = whyLeft,
            RowsEntered = entered,
            RowsLeft = left,
            Notes = Notes(one, two, files),
        };
    }

    // Side by side: most of the time goes into reading lines.
    private static (DiffInput, DiffInput) ReadBoth(OutputManifest first, OutputManifest second, string[] scores, CancellationToken token)
    {
        OutputManifest[] outputs = [first, second];
        DiffInput?[] read = new DiffInput?[2];
        try
        {
            Parallel.For(0, 2, i => read[i] = DiffInput.Read(outputs[i], scores, token));
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return (read[0]!, read[1]!);
    }

    private static bool IsScore(OutputManifest output, string name) => name is not (PoolColumns.DuplicateOf or PoolColumns.Similarity)
        && output.Columns.TryGetValue(name, out (string Kind, string) column) && column.Kind is nameof(ColumnKind.Number) or nameof(ColumnKind.Integer);

    private static int Rank(string name) => name switch { PoolColumns.Quality => 0, PoolColumns.Complexity => 1, _ => 2 };

    private static bool IsIdentical(Selection before, Selection after, RowMatching rows) =>
        rows.Entered.Count + rows.Left.Count + rows.DoubtfulBefore + rows.DoubtfulAfter == 0
        && (before.Order == after.Order
            // An input under another name changes every id and no row.
            || (before.Lines == before.Keys.Length && after.Lines == after.Keys.Length && rows.Stayed.TrueForAll(s => s.Before == s.After)));

    private static RankMoves? Ranks(DiffInput before, DiffInput after, RowMatching rows)
    {
        if (rows.Stayed.Count == 0)
        {
            return null;
        }

        double[] moves = new double[rows.Stayed.Count];
        int largest = 0;
        for (int i = 0; i < moves.Length; i++)
        {
            (int was, int now) = rows.Stayed[i];
            moves[i] = Math.Abs(after.Selection.Ranks[now] - before.Selection.Ranks[was]);
            largest = moves[i] > moves[largest] ? i : largest;
        }

        (int from, int to) = rows.Stayed[largest];
        return new RankMoves(moves.LongCount(m => m == 0), ScoreFigures.Of(moves).Median ?? 0, (long)moves[largest], moves[largest] == 0 ? "" : after.Id(to),
            before.Selection.Ranks[from], after.Selection.Ranks[to]);
    }

    private static List<MixShift> Mix(DiffInput before, DiffInput after)
    {
        List<MixShift> shifts = [];
        if (before.Selection.Categories.Length > 0 && after.Selection.Categories.Length > 0)
        {
            shifts.Add(MixShift.Of(PoolColumns.Category, before.ByCategory(), after.ByCategory()));
        }

        shifts.Add(MixShift.Of(PoolColumns.Source, before.BySource(), after.BySource()));
        return shifts;
    }

    private static ScoreShift Score(string name, double[] before, double[] after) =>
        new(name, ScoreFigures.Of(before), ScoreFigures.Of(after)) { ValuesBefore = before, ValuesAfter = after };

    private static List<string> Notes(DiffInput before, DiffInput after, FilePairs files)
    {
        List<string> notes = [.. files.Notes];
        foreach ((DiffInput side, string name) in new[] { (before, "first"), (after, "second") })
        {
            Selection selection = side.Selection;
            if (selection.Lines > selection.Keys.Length)
            {
                notes.Add(string.Create(CultureInfo.InvariantCulture, $"The {name} repeats rows: {selection.Lines:N0} lines of {selection.Keys.Length:N0} rows. Each row counts once here, at its first rank."));
            }

            if (selection.Collided.Count > 0)
            {
                notes.Add(string.Create(CultureInfo.InvariantCulture, $"In the {name} {selection.Collided.Count:N0} ids stand for several rows each, such as {side.IdOf(selection.Collided.Min())}: they are compared with nothing."));
            }

            if (side.Manifest.Side.Waiting is { } waiting)
            {
                notes.Add($"The recipe of the {name} waits: {waiting}");
            }

            if (!SettingChanges.TellsRecipe(side.Manifest))
            {
                notes.Add($"The {name} does not tell its recipe's options, as an earlier version or a round of iterate wrote it: they cannot be compared.");
            }
        }

        return notes;
    }
}
