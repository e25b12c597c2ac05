using Sluice.Selection;
using Sluice.Selection.KCenter;

namespace Sluice.Tests.Selection;

/// <summary>Bounds from a byte a number: what is lost is known, and the choice is the same.</summary>
public sealed class KCenterBoundsTests
{
    [Theory]
    [InlineData("random")]
    [InlineData("offset")]
    [InlineData("huge")]
    [InlineData("tiny")]
    [InlineData("equal")]
    public void Keep_AnyRow_ReadsBackWithinTheLossItSays(string kind)
    {
        foreach (int width in new[] { 1, 7, 16, 33, 64 })
        {
            MatrixRows rows = RandomRows.Make(kind, 50, width, width);
            ByteRows bytes = new(rows.Count, width);
            for (int row = 0; row < rows.Count; row++)
            {
                float[] packed = [.. rows.Row(row)];
                double loss = bytes.Keep(row, packed);
                float[] back = new float[width];
                bytes.Read(row, back);
                Assert.Equal(packed, back);
                double off = Math.Sqrt(NaiveKCenter.Scalar(rows.Row(row), back));
                Assert.InRange(off, loss * 0.999, loss);
                float largest = packed.Max(Math.Abs);
                Assert.True(off <= largest / 127 * 0.51 * Math.Sqrt(width), $"width {width}, row {row}: {off} off");
            }
        }
    }

    [Fact]
    public void Keep_NumbersNextToZero_AreKeptAsZeros()
    {
        float[] packed = [float.Epsilon, 0, -float.Epsilon];
        double loss = new ByteRows(1, 3).Keep(0, packed);

        Assert.Equal([0f, 0, 0], packed);
        Assert.Equal(float.Epsilon * Math.Sqrt(2), loss, float.Epsilon * 0.01);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_WideRows_SameAnswerAndFewMoreConfirmed(bool cosine)
    {
        KCenterMetric metric = cosine ? KCenterMetric.Cosine : KCenterMetric.Euclidean;
        MatrixRows rows = RandomRows.Make("random", 6000, 64, 5);
        KCenterResult full = KCenterGreedy.Run(rows, new KCenterOptions { Count = 300, Metric = metric }, null, default);
        KCenterResult bytes = KCenterGreedy.Run(rows, new KCenterOptions { Count = 300, Metric = metric, Bounds = RowBounds.Bytes }, null, default);

        Assert.Equal(full.Order, bytes.Order);
        Assert.Equal(full.Radius, bytes.Radius);
        Assert.Equal(full.RadiusEnd, bytes.RadiusEnd);
        Assert.InRange(bytes.Confirmed, full.Confirmed / 2, 300L * 6000 / 10);
    }

    [Fact]
    public void Run_OneRowFarLongerThanAll_SameAnswer()
    {
        float[] values = new float[500 * 8];
        Random random = new(9);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)RandomRows.Normal(random) * (i < 8 ? 1e6f : 1);
        }

        MatrixRows rows = new(values, 8);
        KCenterResult bytes = KCenterGreedy.Run(rows, new KCenterOptions { Count = 200, Start = [3], Bounds = RowBounds.Bytes }, null, default);
        Assert.Equal(NaiveKCenter.Run(rows, 200, [3], NaiveKCenter.Kernel).Order, bytes.Order);
    }
}
