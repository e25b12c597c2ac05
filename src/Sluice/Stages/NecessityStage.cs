using Sluice.Inference;
using Sluice.Inference.Manifests;
using Sluice.Pool;
using Sluice.Records;

namespace Sluice.Stages;

/// <summary>
/// Gives every row with a <c>response</c> its <c>necessity</c>: the quality model's score of the row with the response in place of its last answer (MoDS, arXiv
/// 2311.15653, section 3.3). The question is the instruction, or instruction, line break and input; the reference (necessity-evaluation.py) puts the line break even where
/// there is no input, which we do not, so that quality and necessity compare. Rows without a response get NaN.
/// </summary>
internal sealed class NecessityStage : IBatchStage
{
    private readonly TextModel _model;

    /// <summary>Creates the stage. Throws <see cref="ModelException"/> when the model gives no such number.</summary>
    /// <param name="model">A regression or a token-probability model.</param>
    /// <param name="responses">Fingerprint of the response column: other responses, other scores.</param>
    public NecessityStage(TextModel model, string responses)
    {
        _model = ModelTaskCheck.Require(model, NecessityStageOptions.SectionName, ModelTask.Regression, ModelTask.TokenProbability);
        Fingerprint = $"necessity 1 {model.Fingerprint} of {responses}";
    }

    /// <inheritdoc/>
    public string Name => "necessity";

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Reads => [PoolColumns.Response];

    /// <inheritdoc/>
    public void Process(RowBatch batch, CancellationToken token)
    {
        string?[] responses = ((TextData)batch.Columns[PoolColumns.Response]).Values;
        List<Sample> answered = [];
        List<int> rows = [];
        for (int row = 0; row < responses.Length; row++)
        {
            if (responses[row] is { } response && Question.Of(batch.Samples[row]) is { } question)
            {
                answered.Add(question.With(response));
                rows.Add(row);
            }
        }

        double[] values = new double[responses.Length];
        Array.Fill(values, double.NaN);
        float[] scores = answered.Count == 0 ? [] : _model.Score(batch, answered, token);
        for (int i = 0; i < scores.Length; i++)
        {
            values[rows[i]] = scores[i];
        }

        batch.Columns[PoolColumns.Necessity] = new NumberData(values);
    }
}
