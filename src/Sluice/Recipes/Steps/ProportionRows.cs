using Sluice.Configuration;
using Sluice.Diagnostics;
using Sluice.Proportions;

namespace Sluice.Recipes.Steps;

/// <summary>The rows that <see cref="ProportionsStep"/> weighs, sorted into cells: one for each category and, where groups name other columns, each combination of their values.</summary>
internal sealed class ProportionRows
{
    /// <summary>Stands for every value of a column that no group names: of those rows the better ones count, not where they come from.</summary>
    public const string Others = "(other)";

    private readonly string?[][] _axes;
    private readonly string[][] _named;
    private readonly Dictionary<string, int>[] _namedPlace;
    private readonly string?[] _texts;
    private readonly Dictionary<string, int> _place;

    private ProportionRows(ProportionsStepOptions options, string key, StepContext context, IReadOnlyList<long> source, Func<IEnumerable<string>, IReadOnlyList<string>> union)
    {
        _texts = context.Texts(options.Column);
        Categories = union(Present(context.Incoming.Concat(source), _texts, options.Column));
        _place = Categories.Select((c, i) => (c, i)).ToDictionary(p => p.c, p => p.i, StringComparer.Ordinal);
        Axes = AxesOf(options);
        _axes = [.. Axes.Select(context.Texts)];
        _named = [.. Axes.Select(axis => options.Groups.Where(group => group.Column == axis).SelectMany(group => group.Values).Distinct(StringComparer.Ordinal).ToArray())];
        _namedPlace = [.. _named.Select(values => values.Select((v, i) => (v, i)).ToDictionary(p => p.v, p => p.i + 1, StringComparer.Ordinal))];
        CheckValues(options, key);
        double[]? quality = context.Has(options.Quality) ? context.Numbers(options.Quality) : null;
        long[] came = Codes(context.Incoming);
        long[] there = Codes(source);
        Dictionary<long, int> cells = Index(came, there);
        Incoming = Rows(context.Incoming, came, cells, quality);
        Additions = Rows(source, there, cells, quality);
        int[] incoming = new int[Cells.Count];
        foreach (ResampleRow row in Incoming)
        {
            incoming[row.Category]++;
        }

        int[] available = ProportionResample.Available(Incoming, Additions, Cells.Count);
        Cells = [.. Cells.Select((cell, i) => cell with { Incoming = incoming[i], Available = available[i] })];
    }

    /// <summary>The categories: those of the matrix, then the rows' others.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>Columns, besides the category's, that groups name.</summary>
    public IReadOnlyList<string> Axes { get; }

    /// <summary>The cells: a category each, in order, where there are no axes.</summary>
    public IReadOnlyList<ProportionCell> Cells { get; private set; } = [];

    /// <summary>The rows that came in, each with its cell.</summary>
    public ResampleRow[] Incoming { get; }

    /// <summary>The rows that may be added, each with its cell.</summary>
    public ResampleRow[] Additions { get; }

    /// <summary>Sorts the rows. Throws <see cref="RecipeException"/> for a row without a category, <see cref="ConfigurationException"/> for a group of values that no row has.</summary>
    public static ProportionRows Of(ProportionsStepOptions options, string key, StepContext context, IReadOnlyList<long> source, Func<IEnumerable<string>, IReadOnlyList<string>> union) =>
        new(options, key, context, source, union);

    /// <summary>The columns besides the category's that groups name, each once.</summary>
    public static IReadOnlyList<string> AxesOf(ProportionsStepOptions options) =>
        [.. options.Groups.Select(group => group.Column).Where(column => column.Length > 0 && column != options.Column).Distinct(StringComparer.Ordinal)];

    /// <summary>Sums by category of a number each cell has.</summary>
    public int[] ByCategory(Func<int, int> number)
    {
        int[] sums = new int[Categories.Count];
        for (int c = 0; c < Cells.Count; c++)
        {
            sums[Cells[c].Category] += number(c);
        }

        return sums;
    }

    /// <summary>A cell in words, such as <c>'code' with source 'a'</c>.</summary>
    public string Label(int cell) =>
        $"'{Categories[Cells[cell].Category]}'{(Axes.Count == 0 ? "" : " with ")}{string.Join(", ", Axes.Select((axis, i) => $"{axis} '{Cells[cell].Values[i]}'"))}";

    private static HashSet<string> Present(IEnumerable<long> rows, string?[] texts, string column)
    {
        HashSet<string> present = new(StringComparer.Ordinal);
        foreach (long row in rows)
        {
            _ = present.Add(texts[row] ?? throw new RecipeException($"Row {row} has no value in column '{column}', expected a category for every row that comes in or may be added."));
        }

        return present;
    }

    // Cells by code, in order.
    private Dictionary<long, int> Index(long[] came, long[] there)
    {
        IEnumerable<long> codes = Axes.Count == 0 ? Enumerable.Range(0, Categories.Count).Select(i => (long)i) : came.Concat(there).Distinct();
        (long Code, ProportionCell Cell)[] all = [.. codes.Select(code => (code, Cell(code)))
            .OrderBy(c => c.Item2.Category).ThenBy(c => string.Join('\0', c.Item2.Values), StringComparer.Ordinal)];
        Cells = [.. all.Select(c => c.Cell)];
        return all.Select((c, i) => (c.Code, i)).ToDictionary(c => c.Code, c => c.i);
    }

    private static ResampleRow[] Rows(IReadOnlyList<long> rows, long[] codes, Dictionary<long, int> cells, double[]? quality)
    {
        ResampleRow[] made = new ResampleRow[codes.Length];
        for (int i = 0; i < made.Length; i++)
        {
            long row = rows[i];
            made[i] = new ResampleRow(checked((int)row), cells[codes[i]], quality is null ? 0 : quality[row]);
        }

        return made;
    }

    private long[] Codes(IReadOnlyList<long> rows)
    {
        long[] codes = new long[rows.Count];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = Code(rows[i]);
        }

        return codes;
    }

    // The cell of a row as one number: its category, then for each axis the place of its value among the named ones, 0 for all others.
    private long Code(long row)
    {
        long code = _place[_texts[row]!];
        for (int axis = 0; axis < _axes.Length; axis++)
        {
            code = checked((code * (_named[axis].Length + 1)) + _namedPlace[axis].GetValueOrDefault(_axes[axis][row] ?? ""));
        }

        return code;
    }

    private ProportionCell Cell(long code)
    {
        string[] values = new string[_axes.Length];
        for (int axis = values.Length - 1; axis >= 0; axis--)
        {
            (code, long place) = Math.DivRem(code, _named[axis].Length + 1L);
            values[axis] = place == 0 ? Others : _named[axis][place - 1];
        }

        return new ProportionCell((int)code, values, 0, 0);
    }

    // A value no row has makes an upper limit idle and a lower one impossible: most often it is misspelt.
    private void CheckValues(ProportionsStepOptions options, string key)
    {
        List<ConfigurationError> errors = [];
        for (int i = 0; i < options.Groups.Count; i++)
        {
            ProportionGroupOptions group = options.Groups[i];
            int axis = Axes.ToList().IndexOf(group.Column);
            if (axis < 0)
            {
                continue;
            }

            HashSet<string> there = [.. _axes[axis].Select(value => value ?? "")];
            bool none = group.Min > 0 && !group.Values.Any(there.Contains);
            foreach (string value in group.Values.Where(value => !there.Contains(value)))
            {
                string suggestion = Suggestion.DidYouMean(value, there);
                if (none || suggestion.Length > 0)
                {
                    errors.Add(new($"{key}:Groups:{i}:Values", $"No row has '{value}' in column '{group.Column}'.{suggestion} It holds {Listed(there)}."));
                }
            }
        }

        if (errors.Count > 0)
        {
            throw new ConfigurationException(errors);
        }
    }

    private static string Listed(HashSet<string> values) =>
        string.Join(", ", values.Order(StringComparer.Ordinal).Take(20).Select(value => $"'{value}'")) + (values.Count > 20 ? $" and {values.Count - 20} more" : "");
}
