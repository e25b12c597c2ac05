using System.Text;
using Sluice.Sources;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Input;

/// <summary>Mutated elements of one JSON array. Where an element ends is a guess once it is broken; but nothing vanishes, and the guess is nearly always right.</summary>
public sealed class JsonArrayFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 7;
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(0, Compression.None)]
    [InlineData(1, Compression.GZip)]
    [InlineData(2, Compression.None)]
    [InlineData(3, Compression.Zstandard)]
    [InlineData(4, Compression.None)]
    [InlineData(5, Compression.None)]
    public async Task Read_SomeElementsMutated_NearlyAllGoodOnesComeOutWhole(int shape, Compression compression)
    {
        (long good, long whole) = await FuzzAsync(shape, compression, FaultScale.Of(2_000, 20_000), mutantsATurn: 1, goodATurn: 9);
        Assert.True(whole >= 0.97 * good, $"{good - whole} of {good} good rows lie within rejected ones");
    }

    [Fact]
    public Task Read_MostElementsMutatedAndShapesMixed_NothingVanishes() => FuzzAsync(-1, Compression.None, FaultScale.Of(10_000, 100_000), mutantsATurn: 2, goodATurn: 1);

    private async Task<(long Good, long Whole)> FuzzAsync(int shape, Compression compression, int mutants, int mutantsATurn, int goodATurn)
    {
        int seed = Seed + shape;
        Mutator mutator = new(seed);
        Random random = new(seed);
        using InputReading reading = new();
        (long made, long rows, long good, long whole) = (0, 0, 0, 0);
        bool isMapped = shape == GoodRow.Shapes - 1;
        while (made < mutants)
        {
            FuzzFile file = FuzzFile.Make(mutator, random, 100, shape, ",\n"u8, mutantsATurn, goodATurn);
            byte[] bytes = [(byte)'[', .. file.ToArray()[..^2], (byte)']'];
            string path = _scratch.Write("a.json", compression switch { Compression.GZip => InputReading.GZip(bytes), Compression.Zstandard => InputReading.Zstandard(bytes), _ => bytes });
            SourceFile source = new(0, path, "a", SourceFormat.JsonArray, compression, isMapped ? RowShapes.Mapping : RowShapes.Auto, "", isMapped ? GoodRow.Mapping : null);
            List<Fate> fates = await reading.ReadAsync(source).WaitAsync(TimeSpan.FromMinutes(1));
            AssertPlaces(bytes, fates);
            whole += Whole(file.Good, fates);
            made += file.Mutants;
            rows += fates.Count;
            good += file.Good.Count;
        }

        output.WriteLine($"array of shape {shape}, {compression}: seed {seed}, {made:N0} mutated elements and {good:N0} good ones gave {rows:N0} rows; {whole:N0} good ones came out as rows, the others lie within rejected ones.");
        return (good, whole);
    }

    private static void AssertPlaces(byte[] bytes, List<Fate> fates)
    {
        long end = 0;
        for (int i = 0; i < fates.Count; i++)
        {
            Assert.Equal(i + 1, fates[i].Row.Origin.Number);
            Assert.InRange(fates[i].Row.Origin.Offset, end, bytes.Length);
            end = fates[i].Row.Origin.Offset;
            ReadOnlySpan<byte> raw = fates[i].Row.Bytes.Span;
            Assert.True(raw.IsEmpty || bytes[end] == raw[0], "the offset is not that of the row");
        }
    }

    // A good row that is no row of its own is told by its id, which must stand in the bytes of some other.
    private static int Whole(List<GoodRow> good, List<Fate> fates)
    {
        Dictionary<string, Fate> byText = [];
        foreach (Fate fate in fates.Where(fate => fate.Sample is not null))
        {
            byText[Encoding.Latin1.GetString(fate.Row.Bytes.Span)] = fate;
        }

        int whole = 0;
        foreach (GoodRow row in good)
        {
            if (byText.TryGetValue(Encoding.Latin1.GetString(row.Json), out Fate? fate))
            {
                Assert.Equal(row.Turns, fate.Turns);
                whole++;
            }
            else
            {
                byte[] id = Encoding.UTF8.GetBytes(row.Id);
                Assert.True(fates.Any(f => f.Row.Bytes.Span.IndexOf(id) >= 0), $"the good row {row.Id} vanished");
            }
        }

        return whole;
    }
}
