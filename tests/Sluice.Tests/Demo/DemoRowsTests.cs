using System.Security.Cryptography;
using Sluice.Dedup;
using Sluice.Demo;
using Sluice.Demo.Kinds;
using Sluice.Records;
using Xunit.Abstractions;

namespace Sluice.Tests.Demo;

public sealed class DemoRowsTests(ITestOutputHelper output)
{
    [Fact]
    public void Fill_ThousandRowsOfSeedOne_HavePinnedBytes() =>
        Assert.Equal("aa20028c4491150cfc583cb618763be3f348a47f49fdb3c3db2395549dbdcb6c", Hash(seed: 1, 0, 1000));

    [Fact]
    public void Fill_OtherSeed_GivesOtherRows() => Assert.NotEqual(Hash(seed: 1, 0, 50), Hash(seed: 2, 0, 50));

    [Fact]
    public void Fill_AnyOrder_GivesTheSameRow()
    {
        DemoRows forward = new(9);
        DemoRow row = new();
        List<string> texts = [.. Enumerable.Range(0, 300).Select(index => Text(forward, index, row))];
        DemoRows backward = new(9);
        Assert.All(Enumerable.Range(0, 300).Reverse(), index => Assert.Equal(texts[index], Text(backward, index, row)));
    }

    [Fact]
    public void Fill_ManyRows_PlantsTheStatedShares()
    {
        const int rows = 40_000;
        Dictionary<string, int> counts = [];
        Dictionary<string, int> kinds = [];
        long characters = 0;
        DemoRows demo = new(3);
        DemoRow row = new();
        for (int index = 0; index < rows; index++)
        {
            demo.Fill(index, row);
            string what = row.Planting.Kind.ToString();
            counts[what] = counts.GetValueOrDefault(what) + 1;
            kinds[row.Kind] = kinds.GetValueOrDefault(row.Kind) + 1;
            characters += row.Instruction.Length + row.Input.Length + row.Output.Length;
            if (row.Planting.Kind == PlantedKind.Poor)
            {
                what = "Poor" + row.Planting.Poor;
                counts[what] = counts.GetValueOrDefault(what) + 1;
            }
        }

        // Four standard deviations each way.
        Assert.All(new[] { ("Broken", 0.002), ("ExactDuplicate", 0.01), ("NearDuplicate", 0.02), ("Poor", 0.08) }, planted =>
            Assert.InRange(counts[planted.Item1], planted.Item2 * rows - 4 * Math.Sqrt(planted.Item2 * rows), planted.Item2 * rows + 4 * Math.Sqrt(planted.Item2 * rows)));
        Assert.All(Enum.GetNames<PoorKind>(), poor => Assert.InRange(counts["Poor" + poor], 0.0095 * rows, 0.0175 * rows));
        Assert.Equal(KindList.All.Select(kind => kind.Name).Order(), kinds.Keys.Order());
        Assert.All(kinds.Values, count => Assert.InRange(count, 0.88 * rows / kinds.Count, 1.12 * rows / kinds.Count));
        Assert.InRange(characters / (double)rows, 380, 600);
    }

    [Fact]
    public void Fill_TwentyThousandRows_OnlyPlantedDuplicatesAreFound()
    {
        const int rows = 20_000;
        using TemporaryFolder folder = new();
        MinHashSignature signature = new(0.5);
        using NearDuplicateIndex near = new(signature, 0.5, folder["scratch"], 64 << 20, BandIndexSizes.Within(64 << 20));
        using ExactIndex exact = new(folder["hashes"], BandIndexSizes.Within(1024 * 1024));
        DemoRows demo = new(1);
        DemoRow row = new();
        uint[] keys = new uint[signature.Bands];
        int planted = 0;
        int found = 0;
        int alike = 0;
        long words = 0;
        for (int index = 0; index < rows; index++)
        {
            demo.Fill(index, row);
            PlantedKind kind = row.Planting.Kind;
            if (kind == PlantedKind.Broken)
            {
                continue;
            }

            UInt128 hash = ContentFingerprint.Compute(Conversation(row), 5, out ulong[] shingles);
            words += shingles.Length + 4;
            long repeats = exact.FindOrAdd(hash, index);
            Assert.Equal(kind == PlantedKind.ExactDuplicate ? row.Planting.Of - 1 : -1, repeats);
            if (repeats >= 0 || shingles.Length == 0)
            {
                continue;
            }

            signature.ComputeBandKeys(shingles, keys);
            NearMatch match = near.FindOrAdd(index, keys, shingles);
            planted += kind == PlantedKind.NearDuplicate ? 1 : 0;
            found += match.Similarity >= 0.8 ? 1 : 0;
            alike += match.Row >= 0 && kind != PlantedKind.NearDuplicate ? 1 : 0;
            if (kind == PlantedKind.NearDuplicate)
            {
                Assert.Equal(row.Planting.Of - 1, match.Row);
                Assert.InRange(match.Similarity, 0.85, 0.9999);
            }
        }

        output.WriteLine($"{planted} near duplicates planted, {found} found at 0.8; {alike} unplanted pairs at 0.5; {words / (double)rows:F1} words a row");
        Assert.InRange(found, 0.9 * planted, 1.1 * planted);
        Assert.InRange(planted, 0.015 * rows, 0.025 * rows);
        Assert.InRange(alike, 0, rows / 1000);
        Assert.InRange(words / (double)rows, 90, 115);
    }

    [Fact]
    public void Fill_Duplicates_RepeatSoundEarlierRows()
    {
        DemoRows demo = new(5);
        DemoRow row = new();
        List<(long Of, string Kind)> duplicates = [];
        for (int index = 0; index < 20_000; index++)
        {
            demo.Fill(index, row);
            if (row.Planting.Kind is PlantedKind.ExactDuplicate or PlantedKind.NearDuplicate)
            {
                Assert.InRange(row.Planting.Of, 1, index);
                duplicates.Add((row.Planting.Of, row.Kind));
            }
        }

        Assert.All(duplicates, duplicate =>
        {
            demo.Fill(duplicate.Of - 1, row);
            Assert.Equal((PlantedKind.None, duplicate.Kind), (row.Planting.Kind, row.Kind));
        });
    }

    private static string Hash(long seed, int from, int count)
    {
        DemoRows demo = new(seed);
        DemoRow row = new();
        using DemoEncoder encoder = new(tabular: false);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int index = from; index < from + count; index++)
        {
            demo.Fill(index, row);
            hash.AppendData(encoder.Encode(row).Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Text(DemoRows rows, long index, DemoRow row)
    {
        rows.Fill(index, row);
        return $"{row.Number} {row.Kind} {row.Planting} {row.Instruction} {row.Input} {row.Output}";
    }

    private static Turn[] Conversation(DemoRow row) =>
        [new(Role.User, (row.Instruction + (row.Input.Length == 0 ? "" : "\n" + row.Input)).AsText()), new(Role.Assistant, row.Output.ToString().AsText())];
}
