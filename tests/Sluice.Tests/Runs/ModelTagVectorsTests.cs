using Microsoft.Extensions.Configuration;
using Sluice.Configuration;
using Sluice.Inference;
using Sluice.Records;
using Sluice.Runs;
using Sluice.Tests.Inference;

namespace Sluice.Tests.Runs;

public sealed class ModelTagVectorsTests : IDisposable
{
    private readonly TestModels _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public void Vectors_MoreTagsThanACallTakes_AreThoseOfTheModelInOrder()
    {
        _models.WriteTokenVectors("phrases", "mean");
        string[] tags = [.. Enumerable.Range(0, 5000).Select(i => $"w{i % 40} w{i * 7 % 45}")];
        VectorData vectors = Create("phrases").Vectors(tags, default);

        Assert.Equal(TestModels.Width, vectors.Width);
        Assert.Equal(tags.Length * TestModels.Width, vectors.Values.Length);
        foreach (int tag in new[] { 0, 1, 4095, 4096, 4999 })
        {
            using TextModel model = _models.Open("phrases");
            float[] expected = model.Score([tags[tag].AsMemory()], default);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], vectors.Values[(tag * TestModels.Width) + i], 1e-6f);
            }
        }
    }

    [Theory]
    [InlineData("quality", "Found the task regression")]
    [InlineData("gone", "expected 'gone'")]
    public void Vectors_NoSuchModel_NamesTheOptionAndTheWaysOut(string model, string message)
    {
        _models.WriteQuality("quality");
        ConfigurationError error = Assert.Single(Assert.Throws<ConfigurationException>(() => Create(model).Vectors(["w1"], default)).Errors);

        Assert.Equal("Stages:Embed:Model", error.Key);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("Normalize:Vectors", error.Message, StringComparison.Ordinal);
    }

    private ModelTagVectors Create(string model) => new(
        new Lazy<ModelCatalog>(_models.Catalog()),
        SluiceOptions.Read(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Stages:Embed:Model", (string?)model)]).Build(), []));
}
