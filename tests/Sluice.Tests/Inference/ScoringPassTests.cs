using Sluice.Inference;
using Sluice.Inference.Answers;
using Sluice.Inference.Batching;
using Sluice.Inference.Manifests;
using Sluice.Inference.Tokenization;

namespace Sluice.Tests.Inference;

public sealed class ScoringPassTests : IDisposable
{
    private readonly TestModels _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public void Run_TooLittleMemory_HalvesAndThenKeepsToWhatFits()
    {
        var session = new RoomSession(room: 20);
        (ScoringPass pass, TokenizedRows rows) = Prepare(session, count: 64, length: 4);
        float[] first = new float[64];
        Run(pass, rows, first, CancellationToken.None);
        int refused = session.Refused;
        float[] second = new float[64];
        Run(pass, rows, second, CancellationToken.None);
        Assert.Equal([.. Enumerable.Range(0, 64).Select(row => (float)(row + 3))], first);
        Assert.Equal(first, second);
        // 64 x 4 tokens: 256, 128, 64, 32 are refused once each on the way to 16, and no second time.
        Assert.Equal(4, refused);
        Assert.Equal(4, session.Refused);
    }

    [Fact]
    public void Run_WhatIsRemembered_ChangesNoBatch()
    {
        var forgetful = new RoomSession(room: 20);
        var mindful = new RoomSession(room: 20);
        (ScoringPass pass, TokenizedRows rows) = Prepare(mindful, count: 50, length: 3);
        for (int i = 0; i < 3; i++)
        {
            // A pass made anew remembers nothing.
            Run(Prepare(forgetful, count: 50, length: 3).Pass, rows, new float[50], CancellationToken.None);
            Run(pass, rows, new float[50], CancellationToken.None);
        }

        Assert.Equal(forgetful.Ran, mindful.Ran);
        Assert.True(forgetful.Refused > mindful.Refused);
    }

    [Fact]
    public void Run_RowThatFailsAlone_IsLeftOutAndNamed()
    {
        (ScoringPass pass, TokenizedRows rows) = Prepare(new RoomSession(room: 1000) { Poison = 3 + 5 }, count: 16, length: 2);
        float[] scores = new float[16];
        List<(int Row, string Reason)> failed = Run(pass, rows, scores, CancellationToken.None);
        Assert.Equal([(5, "it was refused (2 tokens): poison")], failed);
        Assert.Equal([.. Enumerable.Range(0, 16).Select(row => row == 5 ? float.NaN : row + 3)], scores);
    }

    [Fact]
    public void Run_RowTooLongForTheMemory_IsToldFromPoison()
    {
        (ScoringPass pass, TokenizedRows rows) = Prepare(new RoomSession(room: 3), count: 2, length: 4);
        List<(int Row, string Reason)> failed = Run(pass, rows, new float[2], CancellationToken.None);
        Assert.Equal([0, 1], failed.Select(f => f.Row));
        Assert.All(failed, f => Assert.Contains("Memory is lacking for this row alone", f.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Run_OtherFaults_AreNotRemembered()
    {
        var session = new RoomSession(room: 1000) { Poison = 3 };
        (ScoringPass pass, TokenizedRows rows) = Prepare(session, count: 16, length: 2);
        Assert.Single(Run(pass, rows, new float[16], CancellationToken.None));
        session.Poison = -1;
        session.Ran.Clear();
        Assert.Empty(Run(pass, rows, new float[16], CancellationToken.None));
        Assert.Equal([16], session.Ran);
    }

    private static List<(int Row, string Reason)> Run(ScoringPass pass, TokenizedRows rows, float[] into, CancellationToken token)
    {
        List<(int, string)> failed = [];
        pass.Run(rows, new ValueAnswers(1, Pooling.None, normalize: false, squeezed: false), into, (row, reason) => failed.Add((row, reason)), token);
        return failed;
    }

    // Row r holds the token r + 3 as often as asked; the session answers with a row's first token.
    private (ScoringPass Pass, TokenizedRows Rows) Prepare(RoomSession session, int count, int length)
    {
        _models.WriteQuality("quality");
        var tokens = new TokenBuffer();
        for (int row = 0; row < count; row++)
        {
            for (int i = 0; i < length; i++)
            {
                tokens.Add(row + 3);
            }
        }

        var pass = new ScoringPass(_models.Catalog().ReadManifest("quality"), session, 0, new BatchLimits(4096, 64, 1));
        return (pass, new TokenizedRows(tokens, [.. Enumerable.Repeat(length, count)]));
    }

    /// <summary>Answers with the first token of each row; has room for so many tokens, and refuses a batch that holds the poison.</summary>
    private sealed class RoomSession(int room) : IInferenceSession
    {
        public int Poison { get; set; } = -1;

        public int Refused { get; private set; }

        public List<int> Ran { get; } = [];

        public IReadOnlyList<TensorInfo> Inputs => [];

        public IReadOnlyList<TensorInfo> Outputs => [];

        public string Provider => "CPU";

        public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<string> outputs) => throw new NotSupportedException();

        public void Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs)
        {
            int rows = (int)inputs[0].Shape[0];
            int length = (int)inputs[0].Shape[1];
            long[] ids = (long[])inputs[0].Data;
            if (ids.AsSpan(0, rows * length).Contains(Poison))
            {
                throw new InferenceException("poison");
            }

            if (rows * length > room)
            {
                Refused++;
                throw new InferenceException("Failed to allocate memory") { IsOutOfMemory = true };
            }

            Ran.Add(rows);
            for (int row = 0; row < rows; row++)
            {
                ((float[])outputs[0].Data)[row] = ids[row * length];
            }
        }

        public void Dispose()
        {
        }
    }
}
