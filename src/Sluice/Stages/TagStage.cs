using System.Buffers;
using System.Numerics.Tensors;
using Sluice.Inference;
using Sluice.Inference.Manifests;
using Sluice.Records;

namespace Sluice.Stages;

/// <summary>
/// Gives every row its <c>category</c> (the label of the highest logit, the first on ties) and its <c>tags</c> (the labels whose sigmoid reaches the
/// threshold, in label order, at least the category; of a model that is not multi-label the category alone). Duplicates get null.
/// </summary>
internal sealed class TagStage : IBatchStage
{
    private readonly TextModel _model;
    private readonly string[] _labels;
    private readonly string[][] _single;
    private readonly double _cut;

    /// <summary>Creates the stage. Throws <see cref="ModelException"/> when the model is no classification.</summary>
    public TagStage(TextModel model)
    {
        _model = ModelTaskCheck.Require(model, TagStageOptions.SectionName, ModelTask.Classification);
        _labels = [.. model.Manifest.Labels];
        _single = [.. _labels.Select(label => new[] { label })];
        // sigmoid(x) >= t exactly when x >= log(t / (1 - t)): one comparison a logit.
        _cut = model.Manifest.MultiLabel ? Math.Log(model.Manifest.Threshold / (1 - model.Manifest.Threshold)) : double.PositiveInfinity;
        Fingerprint = $"tag 1 {model.Fingerprint}";
    }

    /// <inheritdoc/>
    public string Name => "tag";

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public void Process(RowBatch batch, CancellationToken token)
    {
        int rows = batch.Samples.Count;
        int width = _labels.Length;
        float[] logits = ArrayPool<float>.Shared.Rent(rows * width);
        try
        {
            _model.Score(batch, logits.AsSpan(0, rows * width), token);
            string?[] categories = new string?[rows];
            string[]?[] tags = new string[]?[rows];
            for (int row = 0; row < rows; row++)
            {
                if (!batch.Samples[row].IsDuplicate)
                {
                    ReadOnlySpan<float> scores = logits.AsSpan(row * width, width);
                    int primary = TensorPrimitives.IndexOfMax(scores);
                    categories[row] = _labels[primary];
                    tags[row] = Select(scores, primary);
                }
            }

            batch.Columns["category"] = new TextData(categories);
            batch.Columns["tags"] = new TextListData(tags);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(logits);
        }
    }

    private string[] Select(ReadOnlySpan<float> scores, int primary)
    {
        int count = 0;
        foreach (float score in scores)
        {
            count += score >= _cut ? 1 : 0;
        }

        // The primary label has the highest logit, so a single label that reaches the cut is the primary one.
        if (count <= 1)
        {
            return _single[primary];
        }

        string[] tags = new string[count];
        int at = 0;
        for (int label = 0; label < scores.Length; label++)
        {
            if (scores[label] >= _cut)
            {
                tags[at++] = _labels[label];
            }
        }

        return tags;
    }
}
