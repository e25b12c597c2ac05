using Sluice.Inference;
using Sluice.Inference.Manifests;
using Sluice.Records;

namespace Sluice.Stages;

/// <summary>Gives every row its <c>embedding</c>. Duplicates get a vector of NaN.</summary>
internal sealed class EmbedStage : IBatchStage
{
    private readonly TextModel _model;

    /// <summary>Creates the stage. Throws <see cref="ModelException"/> when the model is no embedding.</summary>
    public EmbedStage(TextModel model)
    {
        _model = ModelTaskCheck.Require(model, EmbedStageOptions.SectionName, ModelTask.Embedding);
        Fingerprint = $"embed 1 {model.Fingerprint}";
    }

    /// <inheritdoc/>
    public string Name => "embed";

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public void Process(RowBatch batch, CancellationToken token)
    {
        float[] vectors = GC.AllocateUninitializedArray<float>(checked(batch.Samples.Count * _model.Width));
        _model.Score(batch, vectors, token);
        batch.Columns["embedding"] = new VectorData(vectors, _model.Width);
    }
}
