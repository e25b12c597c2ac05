using Sluice.Pool;
using Sluice.Records;
using Sluice.Selection.Tagging;

namespace Sluice.Recipes;

/// <summary>What a step sees: the ranked rows that came in, the pool's columns and what earlier steps decided.</summary>
public sealed class StepContext
{
    private readonly IColumnSource _columns;
    private readonly Dictionary<string, ColumnData> _cache;

    private readonly IRowTexts _texts;
    private readonly Lazy<IReadOnlyList<long>> _eligible;

    internal StepContext(IColumnSource columns, IRowTexts texts, Dictionary<string, ColumnData> cache, IReadOnlyList<long> incoming, IReadOnlyList<long> candidates,
        Lazy<IReadOnlyList<long>> eligible, IReadOnlyDictionary<string, IReadOnlyList<long>> earlier, Action<string, double>? progress)
    {
        _columns = columns;
        _texts = texts;
        _cache = cache;
        Incoming = incoming;
        Candidates = candidates;
        _eligible = eligible;
        Earlier = earlier;
        Progress = progress ?? (static (_, _) => { });
    }

    /// <summary>The rows that came in, by rank.</summary>
    public IReadOnlyList<long> Incoming { get; }

    /// <summary>The recipe's first rows: every annotated row of the pool, in source order.</summary>
    public IReadOnlyList<long> Candidates { get; }

    /// <summary>The candidates that no filter step has refused so far, in source order.</summary>
    public IReadOnlyList<long> Eligible => _eligible.Value;

    /// <summary>What earlier steps kept, by the name given to it (As) or the step's own, where the latest wins; every candidate under <c>pool</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> Earlier { get; }

    /// <summary>Where the pool lies; empty for one in memory.</summary>
    public string PoolFolder => _columns.Folder;

    /// <summary>SHA-256 of the pool's rows, whatever their columns; empty for a pool in memory.</summary>
    public string PoolIdentity => _columns.Identity;

    /// <summary>Tells how far the step is: what it does now, and the share done (0 to 1).</summary>
    public Action<string, double> Progress { get; }

    /// <summary>Gives tags their meaning; null when there is no model for it.</summary>
    public ITagVectors? TagVectors { get; init; }

    /// <summary>Whether the pool has a column.</summary>
    public bool Has(string name) => _columns.Has(name);

    /// <summary>A column of numbers over all pool rows: integers are widened, a list (one number a turn) counts by its mean, absent values are NaN. Throws <see cref="RecipeException"/> for other kinds.</summary>
    public double[] Numbers(string name) => Load(name) switch
    {
        NumberData numbers => numbers.Values,
        IntegerData integers => Array.ConvertAll(integers.Values, static v => v == IntegerData.Missing ? double.NaN : v),
        NumberListData lists => Array.ConvertAll(lists.Values, static v => v is { Length: > 0 } ? v.Average() : double.NaN),
        ColumnData other => throw new RecipeException($"Column '{name}' holds {Kind(other)}, expected one number a row."),
    };

    /// <summary>A column of texts over all pool rows. Throws <see cref="RecipeException"/> for other kinds.</summary>
    public string?[] Texts(string name) => Load(name) switch
    {
        TextData texts => texts.Values,
        IntegerData integers => Array.ConvertAll(integers.Values, static v => v == IntegerData.Missing ? null : v.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ColumnData other => throw new RecipeException($"Column '{name}' holds {Kind(other)}, expected one text a row."),
    };

    /// <summary>A column of one number a row over all pool rows, absent values being NaN; null for a column of another kind.</summary>
    public double[]? SingleNumbers(string name) => Load(name) is NumberData or IntegerData ? Numbers(name) : null;

    /// <summary>A column of lists of numbers over all pool rows; one number a row is a list of one, absent values are null. Throws <see cref="RecipeException"/> for other kinds.</summary>
    public double[]?[] NumberLists(string name) => Load(name) switch
    {
        NumberListData lists => lists.Values,
        NumberData numbers => Array.ConvertAll(numbers.Values, static v => double.IsNaN(v) ? null : new[] { v }),
        IntegerData integers => Array.ConvertAll(integers.Values, static v => v == IntegerData.Missing ? null : new double[] { v }),
        ColumnData other => throw new RecipeException($"Column '{name}' holds {Kind(other)}, expected numbers or lists of numbers."),
    };

    /// <summary>A column of lists of texts over all pool rows; one text a row is a list of one, absent values are null. Throws <see cref="RecipeException"/> for other kinds.</summary>
    public string[]?[] TextLists(string name) => Load(name) switch
    {
        TextListData lists => lists.Values,
        TextData texts => Array.ConvertAll(texts.Values, static v => v is null ? null : new[] { v }),
        ColumnData other => throw new RecipeException($"Column '{name}' holds {Kind(other)}, expected texts or lists of texts."),
    };

    /// <summary>The answers of the given pool rows, in that order.</summary>
    public string[] Answers(IReadOnlyList<long> rows, CancellationToken token) => _texts.Answers(rows, token);

    /// <summary>What an earlier step kept, by name. Throws <see cref="RecipeException"/> naming the steps there are.</summary>
    public IReadOnlyList<long> Answer(string name) => Earlier.TryGetValue(name, out IReadOnlyList<long>? rows)
        ? rows
        : throw new RecipeException($"Found no earlier step '{name}', expected one of {string.Join(", ", Earlier.Keys)}.");

    /// <summary>The vectors of the given pool rows, in that order. Throws <see cref="RecipeException"/> when one holds NaN or infinity.</summary>
    public VectorData Vectors(string name, IReadOnlyList<long> rows)
    {
        VectorData vectors = _columns.Vectors(name, rows);
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<float> row = vectors.Values.AsSpan(i * vectors.Width, vectors.Width);
            if (!float.IsFinite(System.Numerics.Tensors.TensorPrimitives.Sum(row)))
            {
                throw NotFinite(name, rows[i]);
            }
        }

        return vectors;
    }

    /// <summary>
    /// The same, left in the pool's files, from which the system reads what is touched: for steps that can work beyond memory. Dispose it. Throws as <see cref="Vectors"/> does.
    /// </summary>
    internal StepVectors OpenVectors(string name, IReadOnlyList<long> rows, CancellationToken token)
    {
        StepVectors vectors = new(_columns.OpenVectors(name, rows));
        try
        {
            ParallelLoopResult finite = Parallel.For(0, rows.Count, new ParallelOptions { CancellationToken = token, MaxDegreeOfParallelism = Environment.ProcessorCount }, (i, state) =>
            {
                if (!float.IsFinite(System.Numerics.Tensors.TensorPrimitives.Sum(vectors.Row(i))))
                {
                    // Every row before this one is still looked at, so the lowest is the one named.
                    state.Break();
                }
            });
            return finite.LowestBreakIteration is { } bad ? throw NotFinite(name, rows[(int)bad]) : vectors;
        }
        catch
        {
            vectors.Dispose();
            throw;
        }
    }

    private static RecipeException NotFinite(string name, long row) =>
        new($"Column '{name}' holds no finite vector for row {row}. Rows without a vector can be left out by a Threshold step before.");

    private ColumnData Load(string name)
    {
        if (!_cache.TryGetValue(name, out ColumnData? data))
        {
            _cache[name] = data = _columns.Column(name);
        }

        return data;
    }

    private static string Kind(ColumnData data) => data switch
    {
        TextData => "texts",
        NumberListData => "lists of numbers",
        TextListData => "lists of texts",
        VectorData => "vectors",
        _ => "numbers",
    };
}
