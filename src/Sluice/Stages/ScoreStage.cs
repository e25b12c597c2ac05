using System.Buffers;
using Sluice.Inference;
using Sluice.Inference.Manifests;
using Sluice.Records;

namespace Sluice.Stages;

/// <summary>
/// Gives every row a number, as the model gives it: <c>quality</c> or <c>complexity</c>. With each turn on its own the column holds a list a row, one number for
/// each answer with what was said since the answer before, as Deita scores (arXiv 2312.15685). Duplicates and rows that fail get no value.
/// </summary>
internal sealed class ScoreStage : IBatchStage
{
    private readonly TextModel _model;
    private readonly bool _eachTurn;

    /// <summary>Creates the stage. Throws <see cref="ModelException"/> when the model gives no such number.</summary>
    /// <param name="name">Name of the stage and its column.</param>
    /// <param name="model">A regression or a token-probability model.</param>
    /// <param name="section">The section of its options, for messages.</param>
    /// <param name="eachTurn">Whether each turn is scored on its own.</param>
    public ScoreStage(string name, TextModel model, string section, bool eachTurn)
    {
        _model = ModelTaskCheck.Require(model, section, ModelTask.Regression, ModelTask.TokenProbability);
        _eachTurn = eachTurn;
        Name = name;
        Fingerprint = $"{name} 1 {(eachTurn ? "each turn " : "")}{model.Fingerprint}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public void Process(RowBatch batch, CancellationToken token) => batch.Columns[Name] = _eachTurn ? ScoreTurns(batch, token) : ScoreRows(batch, token);

    private NumberData ScoreRows(RowBatch batch, CancellationToken token)
    {
        int rows = batch.Samples.Count;
        float[] scores = ArrayPool<float>.Shared.Rent(rows);
        try
        {
            _model.Score(batch, scores.AsSpan(0, rows), token);
            double[] values = new double[rows];
            for (int row = 0; row < rows; row++)
            {
                values[row] = scores[row];
            }

            return new NumberData(values);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
        }
    }

    private NumberListData ScoreTurns(RowBatch batch, CancellationToken token)
    {
        List<Sample> parts = [];
        int[] counts = new int[batch.Samples.Count];
        for (int row = 0; row < counts.Length; row++)
        {
            if (!batch.Samples[row].IsDuplicate)
            {
                int before = parts.Count;
                parts.AddRange(TurnPairs.Of(batch.Samples[row]));
                counts[row] = parts.Count - before;
            }
        }

        float[] scores = _model.Score(batch, parts, token);
        double[]?[] lists = new double[]?[counts.Length];
        int at = 0;
        for (int row = 0; row < counts.Length; row++)
        {
            if (counts[row] > 0)
            {
                lists[row] = [.. scores.AsSpan(at, counts[row])];
                at += counts[row];
            }
        }

        return new NumberListData(lists);
    }
}
