using BenchmarkDotNet.Attributes;
using Sluice.Dedup;
using Sluice.Records;

namespace Sluice.Benchmarks.Dedup;

/// <summary>What near and exact dedup cost a row of about 100 English words; one operation is one row.</summary>
[MemoryDiagnoser]
public class DedupBenchmarks
{
    private const int Rows = 2000;
    private readonly Turn[][] _turns = new Turn[Rows][];
    private readonly ulong[][] _shingles = new ulong[Rows][];
    private readonly MinHashSignature _signature = new(0.8);
    private readonly uint[] _keys = new uint[21];

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        string[] vocabulary = [.. Enumerable.Range(0, 5000).Select(_ => new string([.. Enumerable.Range(0, random.Next(2, 10)).Select(_ => (char)('a' + random.Next(26)))]))];
        for (int row = 0; row < Rows; row++)
        {
            string text = string.Join(' ', Enumerable.Range(0, 100).Select(_ => vocabulary[random.Next(vocabulary.Length)]));
            _turns[row] = [new Turn(Role.User, Utf8Text.Of(text.AsSpan(0, 200))), new Turn(Role.Assistant, Utf8Text.Of(text.AsSpan(200)))];
            _shingles[row] = Shingler.Shingles(_turns[row], 5);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public ulong Fingerprint()
    {
        ulong sum = 0;
        foreach (Turn[] turns in _turns)
        {
            sum += (ulong)ContentFingerprint.Compute(turns, 5, out ulong[] shingles) + (ulong)shingles.Length;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public uint BandKeys()
    {
        uint sum = 0;
        foreach (ulong[] shingles in _shingles)
        {
            _signature.ComputeBandKeys(shingles, _keys);
            sum += _keys[0];
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public long FindOrAdd()
    {
        string scratch = Path.Combine(Path.GetTempPath(), $"sluice-bench-{Environment.ProcessId}");
        using NearDuplicateIndex index = new(_signature, 0.8, scratch, 64L << 20, BandIndexSizes.Within(64L << 20));
        for (int row = 0; row < Rows; row++)
        {
            _signature.ComputeBandKeys(_shingles[row], _keys);
            index.FindOrAdd(row, _keys, _shingles[row]);
        }

        return index.Count;
    }
}
