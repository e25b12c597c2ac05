using Sluice.Dedup;
using Sluice.Records;
using Sluice.Stages;

namespace Sluice.Tests.Stages;

public sealed class DedupPreparationTests
{
    [Fact]
    public void Prepare_RandomRows_GivesEachRowWhatItHasAlone()
    {
        const int seed = 8;
        Random random = new(seed);
        string[] words = ["Red", "green,", "BLUE", "7", "wolf\n\n", "中文", "été", "a1", "?", "x-y", "longerthanoneblockofthirtytwobytesinall"];
        RowBatch batch = new()
        {
            Sequence = 0,
            Rejections = [],
            Samples = [.. Enumerable.Range(0, 300).Select(i => Row(i, string.Join(' ', Enumerable.Range(0, random.Next(0, i % 50 == 0 ? 3000 : 60)).Select(_ => words[random.Next(words.Length)]))))],
        };
        MinHashSignature signature = new(0.8);

        new DedupPreparation(new DedupOptions()).Prepare(batch);

        Assert.NotNull(batch.Shingles);
        Assert.Equal(batch.Samples.Count, batch.Shingles.Count);
        for (int i = 0; i < batch.Samples.Count; i++)
        {
            Assert.Equal(ContentHash.Compute(batch.Samples[i].Turns), batch.Samples[i].ContentHash);
            ulong[] set = Shingler.Shingles(batch.Samples[i].Turns, 5);
            Assert.Equal(set, batch.Shingles.Set(i));
            if (set.Length > 0)
            {
                uint[] keys = new uint[signature.Bands];
                signature.ComputeBandKeys(set, keys);
                Assert.Equal(keys, batch.Shingles.Keys(i));
            }
        }

        batch.Release();
        Assert.Null(batch.Shingles);
    }

    [Fact]
    public void Prepare_NearDedupOff_OnlyHashes()
    {
        RowBatch batch = new() { Sequence = 0, Rejections = [], Samples = [Row(0, "one two")] };
        new DedupPreparation(new DedupOptions { Near = false }).Prepare(batch);
        Assert.Null(batch.Shingles);
        Assert.Equal(ContentHash.Compute(batch.Samples[0].Turns), batch.Samples[0].ContentHash);
    }

    private static Sample Row(int i, string text) =>
        new(new RowOrigin(0, i + 1, 0), default, [new Turn(Role.User, text.AsText()), new Turn(Role.Assistant, "Yes.".AsText())], text.AsText());
}
