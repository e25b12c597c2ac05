using Sluice.Records;

namespace Sluice.Stages;

/// <summary>
/// Adds one column of values that come from outside: <c>response</c> or <c>open_tags</c>. Duplicates, and rows that do not pass the condition, are not asked for and get
/// none; rows that fail get none and are named.
/// </summary>
/// <typeparam name="T">A text, or a list of texts.</typeparam>
internal sealed class AskStage<T> : IAsyncBatchStage
    where T : class
{
    private readonly string _column;
    private readonly IRowValues<T> _source;
    private readonly RowCondition? _where;
    private readonly Func<T?[], ColumnData> _make;

    /// <param name="name">Name of the stage.</param>
    /// <param name="column">Name of the column.</param>
    /// <param name="round">The user's count of attempts at the whole column.</param>
    /// <param name="source">Gives the values.</param>
    /// <param name="where">Which rows are asked for; null for all.</param>
    /// <param name="whereFingerprint">What made the column of the condition.</param>
    /// <param name="make">Makes the column.</param>
    public AskStage(string name, string column, int round, IRowValues<T> source, RowCondition? where, string whereFingerprint, Func<T?[], ColumnData> make)
    {
        Name = name;
        _column = column;
        _source = source;
        _where = where;
        _make = make;
        Fingerprint = $"{name} 1{(round == 1 ? "" : $" round {round}")} {source.Fingerprint}{(where is null ? "" : $" where {where.Text} by {whereFingerprint}")}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Reads => _where is null ? [] : [_where.Column];

    /// <inheritdoc/>
    public async Task ProcessAsync(RowBatch batch, CancellationToken token)
    {
        bool[]? passes = _where?.Of(batch);
        T?[] values = new T?[batch.Samples.Count];
        string?[] failures = new string?[values.Length];
        IEnumerable<int> asked = Enumerable.Range(0, values.Length).Where(row => !batch.Samples[row].IsDuplicate && passes?[row] != false);
        await Parallel.ForEachAsync(asked, new ParallelOptions { MaxDegreeOfParallelism = _source.Concurrency, CancellationToken = token }, async (row, stop) =>
            (values[row], failures[row]) = await _source.OfAsync(batch.Samples[row], stop));
        for (int row = 0; row < failures.Length; row++)
        {
            if (failures[row] is { } reason)
            {
                batch.Unscored.Add(new UnscoredRow(batch.Samples[row].Origin, Name, reason));
            }
        }

        batch.Columns[_column] = _make(values);
    }
}
