using Sluice.Inference;
using Sluice.Inference.Bench;
using Sluice.Inference.Tokenization;
using Sluice.Onnx;
using Sluice.Records;

namespace Sluice.Tests.Inference.Bench;

public sealed class ModelBenchTests : IDisposable
{
    private readonly TestModels _models = new();

    public void Dispose() => _models.Dispose();

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(1, false)]
    public void Measure_KnownRows_CountsThemAndTheirPadding(int parallel, bool hasMask)
    {
        // Batches of up to 8 rows: of 1 and of 3 tokens in every batch of ten rows.
        RowBatch[] batches = [.. Enumerable.Range(0, 6).Select(_ => TestRows.Batch([.. Enumerable.Range(0, 10).Select(i => i < 2 ? "w5" : "w3 w9 w7")]))];
        BenchLine line = Measure(batches, parallel, hasMask);
        Assert.Equal("some", line.Rows);
        Assert.Equal(60, line.Count);
        Assert.Equal(6 * (2 + (8 * 3)), line.Tokens);
        Assert.InRange(line.Padding, 0, 0.2);
        Assert.True(line.Calls is >= 6 and <= 60, $"{line.Calls} calls");
        Assert.All([line.RowsPerSecond, line.ScoredPerSecond, line.BarePerSecond, line.TokenizedPerSecond, line.TokensPerSecond], rate => Assert.True(rate > 0));
        Assert.All([line.Share, line.ScoredShare], share => Assert.True(share > 0));
        Assert.All(batches, batch => Assert.Empty(batch.Scratch));
    }

    [Fact]
    public void Run_Recorded_KeepsInputsThatChangeLater()
    {
        _models.WriteTokenVectors("embedder", "none");
        using var session = new RecordingSession(_models.OpenSession(_models["embedder/model.onnx"]));
        long[] ids = [3, 4, 5, 99];
        float[] into = new float[3 * TestModels.Width];
        session.Record = [];
        session.Run([new Tensor("input_ids", ids, [1, 3])], [new Tensor("vectors", into, [1, 3, TestModels.Width])]);
        ids[0] = 77;
        session.Run([new Tensor("input_ids", new long[] { 4 }, [1, 1])], ["vectors"]);
        RecordedRun kept = Assert.Single(session.Record);
        Assert.Equal([3L, 4L, 5L], (long[])kept.Inputs[0].Data);
        Assert.Equal(1, kept.Rows);
    }

    private BenchLine Measure(RowBatch[] batches, int parallel, bool hasMask)
    {
        if (hasMask)
        {
            _models.WriteTagger("some");
        }
        else
        {
            _models.WriteTokenVectors("some", "mean");
        }

        using var onnx = new OnnxRuntime();
        var runtime = new RecordingRuntime(onnx);
        using TextModel model = new ModelCatalog(_models.Root, runtime, _models.Options, _ => _models.Tokenizer).Open("some");
        var bench = new ModelBench(
            model, runtime.Last!, sample => _models.Tokenizer.Encode(sample.Instruction.ToString(), 16, new TokenBuffer()), _models.Tokenizer.PadId, TimeProvider.System, parallel);
        Assert.True(bench.Estimate(batches, CancellationToken.None) > 0);
        return bench.Measure("some", batches, CancellationToken.None);
    }
}
