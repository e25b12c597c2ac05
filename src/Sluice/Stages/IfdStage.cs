using Sluice.Inference;
using Sluice.Inference.Chat;
using Sluice.Inference.Difficulty;
using Sluice.Inference.Manifests;
using Sluice.Pool;
using Sluice.Records;

namespace Sluice.Stages;

/// <summary>
/// Gives every row its <c>ifd</c>, and the mean losses it comes from as <c>loss_conditional</c> and <c>loss_direct</c> (nats a token), so that another ratio needs no
/// second scoring. Duplicates, and rows whose answer does not fit, get NaN.
/// </summary>
internal sealed class IfdStage : IBatchStage
{
    private readonly InstructionDifficulty _difficulty;

    /// <summary>Creates the stage. Throws <see cref="ModelException"/> when the model is no causal model.</summary>
    public IfdStage(TextModel model, ChatTemplate template, IfdDefinition definition)
    {
        ModelTaskCheck.Require(model, IfdStageOptions.SectionName, ModelTask.Perplexity);
        _difficulty = new InstructionDifficulty(model, template, definition);
        Fingerprint = $"ifd 1 {definition.Name} {template.Sha256} {model.Fingerprint}";
    }

    /// <inheritdoc/>
    public string Name => "ifd";

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public void Process(RowBatch batch, CancellationToken token)
    {
        RowDifficulty[] scores = _difficulty.Score(
            batch.Samples, (row, reason) => batch.Unscored.Add(new UnscoredRow(batch.Samples[row].Origin, Name, reason)), token);
        batch.Columns[PoolColumns.Ifd] = new NumberData([.. scores.Select(score => score.Ifd)]);
        batch.Columns[PoolColumns.LossConditional] = new NumberData([.. scores.Select(score => score.Conditional)]);
        batch.Columns[PoolColumns.LossDirect] = new NumberData([.. scores.Select(score => score.Direct)]);
    }
}
