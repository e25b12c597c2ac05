using Sluice.Dedup;

namespace Sluice.Tests.Dedup;

public sealed class MinHashSignatureTests
{
    [Fact]
    public void Constructor_DefaultThreshold_TwentyOneBandsOfSix()
    {
        MinHashSignature signature = new(0.8);
        Assert.Equal((21, 6), (signature.Bands, signature.Rows));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.6)]
    [InlineData(0.7)]
    [InlineData(0.8)]
    [InlineData(0.85)]
    [InlineData(0.9)]
    [InlineData(0.95)]
    public void ComputeBandKeys_PairsAtTheThreshold_ShareABand(double jaccard)
    {
        const int seed = 31;
        MinHashSignature signature = new(jaccard);
        Assert.InRange(signature.Bands * signature.Rows, 1, 128);
        ulong state = seed;
        const int pairs = 3000;
        int missed = 0;
        uint[] one = new uint[signature.Bands];
        uint[] other = new uint[signature.Bands];
        for (int pair = 0; pair < pairs; pair++)
        {
            // common / (common + 2 own) = J, rounded so that J is at least the threshold.
            const int own = 10;
            int common = (int)Math.Ceiling(jaccard * 2 * own / (1 - jaccard));
            ulong[] shared = Draw(ref state, common);
            signature.ComputeBandKeys([.. shared, .. Draw(ref state, own)], one);
            signature.ComputeBandKeys([.. shared, .. Draw(ref state, own)], other);
            missed += one.Where((key, band) => key == other[band]).Any() ? 0 : 1;
        }

        // 0.2 % may be missed; 3000 pairs put four standard deviations of it under 0.6 %.
        Assert.True(missed <= 16, $"{missed} of {pairs} pairs at Jaccard {jaccard} share no band (seed {seed})");
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    public void ComputeBandKeys_ManyPairs_MatchAsOftenAsTheFormulaSays(double jaccard)
    {
        MinHashSignature signature = new(0.8);
        ulong state = 9;
        const int pairs = 2000;
        int common = (int)(jaccard * 100);
        int own = (100 - common) / 2;
        long matches = 0;
        uint[] one = new uint[signature.Bands];
        uint[] other = new uint[signature.Bands];
        for (int pair = 0; pair < pairs; pair++)
        {
            ulong[] shared = Draw(ref state, common);
            signature.ComputeBandKeys([.. shared, .. Draw(ref state, own)], one);
            signature.ComputeBandKeys([.. shared, .. Draw(ref state, own)], other);
            matches += one.Where((key, band) => key == other[band]).Count();
        }

        double expected = Math.Pow(jaccard, signature.Rows);
        Assert.InRange(matches / (double)(pairs * signature.Bands), expected * 0.8 - 0.0002, expected * 1.2 + 0.0004);
    }

    [Fact]
    public void ComputeBandKeys_AnyOrder_SameKeys()
    {
        MinHashSignature signature = new(0.8);
        ulong state = 4;
        ulong[] set = Draw(ref state, 77);
        uint[] one = new uint[signature.Bands];
        uint[] other = new uint[signature.Bands];
        signature.ComputeBandKeys(set, one);
        signature.ComputeBandKeys([.. set.Reverse()], other);
        Assert.Equal(one, other);
        Assert.Equal(one.Length, one.Distinct().Count());
    }

    private static ulong[] Draw(ref ulong state, int count)
    {
        ulong[] values = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = Mixing.Next(ref state);
        }

        return values;
    }
}
