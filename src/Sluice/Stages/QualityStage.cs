using System.Buffers;
using Sluice.Inference;
using Sluice.Inference.Manifests;
using Sluice.Records;

namespace Sluice.Stages;

/// <summary>Gives every row its <c>quality</c>: the number the model gives, as it gives it. Duplicates get NaN.</summary>
internal sealed class QualityStage : IBatchStage
{
    private readonly TextModel _model;

    /// <summary>Creates the stage. Throws <see cref="ModelException"/> when the model is no regression.</summary>
    public QualityStage(TextModel model)
    {
        _model = ModelTaskCheck.Require(model, ModelTask.Regression, QualityStageOptions.SectionName);
        Fingerprint = $"quality 1 {model.Fingerprint}";
    }

    /// <inheritdoc/>
    public string Name => "quality";

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public void Process(RowBatch batch, CancellationToken token)
    {
        int rows = batch.Samples.Count;
        float[] scores = ArrayPool<float>.Shared.Rent(rows);
        try
        {
            _model.Score(batch, scores.AsSpan(0, rows), token);
            double[] quality = new double[rows];
            for (int row = 0; row < rows; row++)
            {
                quality[row] = scores[row];
            }

            batch.Columns["quality"] = new NumberData(quality);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
        }
    }
}
