using Sluice.Configuration;
using Sluice.Inference;
using Sluice.Inference.Manifests;
using Sluice.Records;
using Sluice.Selection.Tagging;
using Sluice.Stages;

namespace Sluice.Runs;

/// <summary>Embeds tags with the model of <c>Stages:Embed</c>, opened when tags are compared and closed again at once.</summary>
internal sealed class ModelTagVectors(Lazy<ModelCatalog> catalog, SluiceOptions options) : ITagVectors
{
    // So many texts a call that their tokens stay small beside the model.
    private const int TagsACall = 4096;

    /// <inheritdoc/>
    public VectorData Vectors(IReadOnlyList<string> tags, CancellationToken token)
    {
        try
        {
            using TextModel model = catalog.Value.Open(options.Stages.Embed.Model);
            ModelTaskCheck.Require(model, EmbedStageOptions.SectionName, ModelTask.Embedding);
            float[] vectors = new float[checked(tags.Count * model.Width)];
            for (int first = 0; first < tags.Count; first += TagsACall)
            {
                float[] part = model.Score([.. tags.Skip(first).Take(TagsACall).Select(t => t.AsMemory())], token);
                part.CopyTo(vectors, first * model.Width);
            }

            return new VectorData(vectors, model.Width);
        }
        catch (Exception exception) when (exception is ModelException or InferenceException)
        {
            throw new ConfigurationException([new($"{EmbedStageOptions.SectionName}:Model",
                $"{exception.Message} The step TagCoverage compares tags with this model; Normalize:Vectors names a file of vectors instead, Normalize:SemanticDistance 0 leaves the comparison out.")]);
        }
    }
}
