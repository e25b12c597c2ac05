using System.Text.Json.Nodes;
using Sluice.Inference;
using Sluice.Records;
using Sluice.Tests.Onnx;

namespace Sluice.Tests.Inference;

public sealed class TextModelTests : IDisposable
{
    private readonly TestModels _models = new();

    public void Dispose() => _models.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Score_RandomTexts_EqualsPlainArithmetic(int seed)
    {
        _models.WriteTagger("tagger");
        using TextModel model = _models.Open("tagger");
        string[] texts = TestRows.RandomTexts(97, 20, seed);
        float[] scores = model.Score(TestRows.Memories(texts), CancellationToken.None);
        Assert.Equal(97 * 3, scores.Length);
        for (int row = 0; row < texts.Length; row++)
        {
            double[] expected = _models.Logits(TestRows.Ids(texts[row]));
            for (int label = 0; label < 3; label++)
            {
                Assert.True(Math.Abs(expected[label] - scores[(row * 3) + label]) < 1e-4, $"seed {seed} row {row} label {label}: {scores[(row * 3) + label]} is not {expected[label]}");
            }
        }
    }

    [Theory]
    [InlineData("mean", false)]
    [InlineData("mean", true)]
    [InlineData("cls", false)]
    [InlineData("last", true)]
    public void Score_TokenVectors_ArePooledAndNormalised(string pooling, bool normalize)
    {
        _models.WriteTokenVectors("embedder", pooling, manifest => manifest["normalize"] = normalize);
        using TextModel model = _models.Open("embedder");
        string[] texts = TestRows.RandomTexts(60, 12, 5);
        float[] vectors = model.Score(TestRows.Memories(texts), CancellationToken.None);
        for (int row = 0; row < texts.Length; row++)
        {
            int[] ids = TestRows.Ids(texts[row]);
            double[] expected = _models.MeanVector(pooling == "mean" || ids.Length == 0 ? ids : [pooling == "cls" ? ids[0] : ids[^1]]);
            double norm = Math.Sqrt(expected.Sum(x => x * x));
            for (int i = 0; i < TestModels.Width; i++)
            {
                double wanted = normalize && norm > 0 ? expected[i] / norm : expected[i];
                Assert.Equal(wanted, vectors[(row * TestModels.Width) + i], 1e-5);
            }
        }
    }

    [Fact]
    public void Score_OtherElementTypes_AreFedAndRead()
    {
        // float16 = ids (int32) + mask (float32) + types (int32), one a token, pooled by the pipeline: means are easy to see.
        _models.Write("typed", new OnnxGraph()
            .Input("input_ids", OnnxGraph.Int32, -1, -1).Input("attention_mask", OnnxGraph.Float32, -1, -1).Input("token_type_ids", OnnxGraph.Int32, -1, -1)
            .Constant("hundred", [100f]).Constant("axis2", [2L], 1)
            .Node("Cast", ["input_ids"], "a", ("to", OnnxGraph.Float32))
            .Node("Cast", ["token_type_ids"], "b", ("to", OnnxGraph.Float32))
            .Node("Mul", ["b", "hundred"], "b100")
            .Node("Add", ["a", "b100"], "ab")
            .Node("Add", ["ab", "attention_mask"], "abc")
            .Node("Unsqueeze", ["abc", "axis2"], "abc3")
            .Node("Cast", ["abc3"], "y", ("to", OnnxGraph.Float16))
            .Output("y", OnnxGraph.Float16, -1, -1, 1), TestModels.Manifest("typed", "embedding", "y", 1, []), manifest =>
        {
            manifest["inputs"] = JsonNode.Parse("""[{"name":"input_ids","type":"int32"},{"name":"attention_mask","type":"float32"},{"name":"token_type_ids","type":"int32"}]""");
            manifest["output"]!["type"] = "float16";
            manifest["pooling"] = "mean";
            manifest["text"] = "pair";
        });
        using TextModel model = _models.Open("typed");
        float[] vectors = model.ScorePairs(TestRows.Memories(["w10", "w20 w30"]), TestRows.Memories(["w6", "w4"]), CancellationToken.None);
        // 10, separator 2, 6 of type 1; each plus 1 for the mask.
        Assert.Equal((10 + 2 + 106 + 3) / 3f, vectors[0], 0.05);
        Assert.Equal((20 + 30 + 2 + 104 + 4) / 4f, vectors[1], 0.05);
    }

    [Fact]
    public void Score_OutputWithoutWidth_IsReadAsOneNumberARow()
    {
        _models.Write("squeezed", new OnnxGraph().Input("input_ids", OnnxGraph.Int64, -1, -1).Constant("axis1", [1L], 1)
            .Node("Cast", ["input_ids"], "x", ("to", OnnxGraph.Float64)).Node("ReduceSum", ["x", "axis1"], "y", ("keepdims", 0)).Output("y", OnnxGraph.Float64, -1),
            TestModels.Manifest("squeezed", "regression", "y", 1, ["input_ids"]), manifest => manifest["output"]!["type"] = "float64");
        using TextModel model = _models.Open("squeezed");
        Assert.Equal([12f, 7f, 0f], model.Score(TestRows.Memories(["w3 w9", "w7", ""]), CancellationToken.None));
    }

    [Fact]
    public void Score_BatchTooLargeForTheLibrary_IsHalvedUntilItFits()
    {
        _models.Options = new InferenceOptions { Provider = "cpu", BatchTokens = 4096, BatchRows = 64 };
        _models.WriteTagger("roomy");
        _models.WriteTagger("narrow", rowsThatFit: 3);
        using TextModel roomy = _models.Open("roomy");
        using TextModel narrow = _models.Open("narrow");
        ReadOnlyMemory<char>[] texts = TestRows.Memories(TestRows.RandomTexts(64, 10, 11));
        float[] expected = roomy.Score(texts, CancellationToken.None);
        float[] found = narrow.Score(texts, CancellationToken.None);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Score_RowTheLibraryRefuses_HasNoScoreAndIsNamed()
    {
        _models.WriteTagger("tagger");
        using TextModel model = _models.Open("tagger");
        RowBatch batch = TestRows.Batch("w3", "w4 w5", "w6 w999", "w7");
        float[] scores = new float[12];
        model.Score(batch, scores, CancellationToken.None);
        Assert.Equal([false, false, true, false], scores.Chunk(3).Select(row => row.All(float.IsNaN)));
        UnscoredRow failed = Assert.Single(batch.Unscored);
        Assert.Equal((3, "tagger"), (failed.Origin.Number, failed.Stage));
        Assert.Contains("refused (2 tokens)", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("idx=999", failed.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Score_NumberThatIsNotFinite_LeavesTheRowUnscored(float odd)
    {
        _models.Table[40 * TestModels.Width] = odd;
        _models.WriteTokenVectors("embedder", "mean");
        using TextModel model = _models.Open("embedder");
        RowBatch batch = TestRows.Batch("w3", "w40 w5", "w6");
        float[] vectors = new float[12];
        model.Score(batch, vectors, CancellationToken.None);
        Assert.Equal([false, true, false], vectors.Chunk(4).Select(row => row.All(float.IsNaN)));
        UnscoredRow failed = Assert.Single(batch.Unscored);
        Assert.Equal((2, "embedder"), (failed.Origin.Number, failed.Stage));
        Assert.Contains($"Found {odd} at position 0 of its output 'vectors', expected a finite number", failed.Reason, StringComparison.Ordinal);
        InferenceException fault = Assert.Throws<InferenceException>(() => model.Score(TestRows.Memories(["w3", "w40"]), CancellationToken.None));
        Assert.Contains("The model embedder could not score text 2 of 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_TwoModelsOfOneTokenizer_TokeniseOnce()
    {
        _models.WriteTagger("tagger");
        _models.WriteQuality("quality");
        _models.WriteTokenVectors("shorter", "mean", manifest => manifest["maxTokens"] = 4);
        _models.WriteTokenVectors("response", "mean", manifest => manifest["text"] = "response");
        using TextModel tagger = _models.Open("tagger");
        using TextModel quality = _models.Open("quality");
        using TextModel shorter = _models.Open("shorter");
        using TextModel response = _models.Open("response");
        RowBatch batch = TestRows.Batch("w3", "w4 w5");
        int before = _models.Tokenizer.Calls;
        tagger.Score(batch, new float[6], CancellationToken.None);
        quality.Score(batch, new float[2], CancellationToken.None);
        Assert.Equal(2, _models.Tokenizer.Calls - before);
        shorter.Score(batch, new float[8], CancellationToken.None);
        response.Score(batch, new float[8], CancellationToken.None);
        Assert.Equal(6, _models.Tokenizer.Calls - before);
    }

    [Fact]
    public void Score_ManyThreads_GiveTheSameNumbers()
    {
        _models.WriteTagger("tagger");
        using TextModel model = _models.Open("tagger");
        ReadOnlyMemory<char>[] texts = TestRows.Memories(TestRows.RandomTexts(200, 20, 3));
        float[] expected = model.Score(texts, CancellationToken.None);
        Parallel.For(0, 32, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => Assert.Equal(expected, model.Score(texts, CancellationToken.None)));
    }

    [Fact]
    public void Score_Cancelled_CarriesTheToken()
    {
        _models.WriteTagger("tagger");
        using TextModel model = _models.Open("tagger");
        using var source = new CancellationTokenSource();
        source.Cancel();
        OperationCanceledException fault = Assert.Throws<OperationCanceledException>(() => model.Score(TestRows.Memories(["w3"]), source.Token));
        Assert.Equal(source.Token, fault.CancellationToken);
    }

    [Fact]
    public void Score_WarmBatch_AllocatesLittleARow()
    {
        _models.Options = new InferenceOptions { Provider = "cpu" };
        _models.WriteTagger("tagger", manifest => manifest["maxTokens"] = 64);
        using TextModel model = _models.Open("tagger");
        string[] texts = TestRows.RandomTexts(512, 64, 9);
        float[] into = new float[512 * 3];
        long allocated = 0;
        for (int i = 0; i < 6; i++)
        {
            RowBatch batch = TestRows.Batch(texts);
            long before = GC.GetAllocatedBytesForCurrentThread();
            model.Score(batch, into, CancellationToken.None);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.All(batch.Scratch.Values, value => ((IDisposable)value).Dispose());
        }

        // About 32 tokens a row: a single int a token would be 128 bytes.
        Assert.True(allocated / 512 < 100, $"{allocated / 512} bytes a row");
    }

    [Theory]
    [InlineData(0.001, true)]
    [InlineData(0.5, false)]
    public void Check_Example_ComparesTheFirstNumbers(double shift, bool passes)
    {
        double[] logits = _models.Logits([3, 4]);
        _models.WriteTagger("tagger", manifest => manifest["example"] = new JsonObject
        {
            ["text"] = "w3 w4",
            ["expected"] = new JsonArray(logits[0], logits[1] + shift),
            ["tolerance"] = 0.01,
        });
        using TextModel model = _models.Open("tagger");
        ModelCheck check = model.Check(CancellationToken.None);
        Assert.Equal((passes, true, 0.01, 3), (check.Passed, check.HasExample, check.Tolerance, check.Found.Count));
        Assert.Equal(shift, check.MaxDifference, 1e-4);
    }

    [Fact]
    public void Check_NoExample_DoesNotPass()
    {
        _models.WriteTagger("tagger");
        using TextModel model = _models.Open("tagger");
        ModelCheck check = model.Check(CancellationToken.None);
        Assert.False(check.HasExample);
        Assert.False(check.Passed);
    }
}
