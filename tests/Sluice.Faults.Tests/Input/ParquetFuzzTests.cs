using System.Diagnostics;
using Sluice.FaultProbe;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Input;

/// <summary>Damaged Parquet files, read in a process of their own: no crash, no hang, nothing escapes, and the row groups before the damage come out.</summary>
public sealed class ParquetFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 20261126;
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Read_DamagedFiles_NoCrashNoHangAndGroupsBeforeTheDamageComeOut()
    {
        using ParquetFiles files = new();
        List<ParquetSample> samples = [];
        for (int kind = 0; kind < ParquetSample.Kinds; kind++)
        {
            samples.Add(await ParquetSample.MakeAsync(files, _scratch, kind));
        }

        ParquetMutator mutator = new(Seed);
        using Probe probe = new(ParquetSample.RowsAGroup, TimeSpan.FromSeconds(60));
        List<string> wrong = [];
        (int made, int refused, int rejecting, int whole, int kept, TimeSpan slowest) = (0, 0, 0, 0, 0, TimeSpan.Zero);
        for (; made < FaultScale.Of(80, 2_000); made++)
        {
            ParquetSample sample = samples[made % samples.Count];
            byte[] bytes = mutator.Mutate(sample, samples[(made + 5) % samples.Count], out ParquetDamage damage, out int sound);
            long started = Stopwatch.GetTimestamp();
            string path = _scratch.Write($"damaged-{made}.parquet", bytes);
            FileFate fate = await probe.ReadAsync(path);
            File.Delete(path);
            TimeSpan took = Stopwatch.GetElapsedTime(started);
            slowest = took > slowest ? took : slowest;
            refused += fate.PlanError is null ? 0 : 1;
            rejecting += fate.Rejects > 0 ? 1 : 0;
            whole += fate.PlanError is null && fate.Rejects == 0 ? 1 : 0;
            kept += sound;
            if (Fault(fate, sample, sound) is { } fault)
            {
                wrong.Add($"file {made} ({sample.Name}, {damage}, {sound} groups before it): {fault}");
            }
        }

        output.WriteLine($"Parquet: seed {Seed}, {made:N0} damaged files: {refused:N0} refused by the plan, {rejecting:N0} with a rejection, {whole:N0} read to the end; {probe.Deaths} deaths; {kept:N0} groups before a damage; slowest {slowest.TotalSeconds:F1} s.");
        output.WriteLine(string.Join(", ", Enum.GetValues<ParquetDamage>().Select(damage => $"{damage} {mutator.Counts[(int)damage]:N0}")));
        Assert.True(wrong.Count == 0, $"{wrong.Count} files:\n{string.Join('\n', wrong.Take(40))}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(60)]
    public async Task Read_AnyCountInTheFooterWrong_EndsInTimeAndInBoundedMemory(byte high)
    {
        using ParquetFiles files = new();
        ParquetSample sample = await ParquetSample.MakeAsync(files, _scratch, ParquetSample.Nested);
        using Probe probe = new(ParquetSample.RowsAGroup, TimeSpan.FromSeconds(20));
        List<int> places = ParquetMutator.PlacesOf(sample.Bytes, (int)sample.Groups[^1], [sample.Rows, ParquetSample.RowsAGroup, 2 * ParquetSample.RowsAGroup, 3 * ParquetSample.RowsAGroup]);
        foreach (int place in places)
        {
            byte[] bytes = [.. sample.Bytes];
            bytes[place + 1] = high;
            FileFate fate = await probe.ReadAsync(_scratch.Write($"damaged-{place}.parquet", bytes));
            Assert.Null(fate.Escaped);
            Assert.Null(fate.PlanError);
            Assert.True(fate.Rejects == 1 || fate.Rows == sample.Rows, $"byte {place}: {fate.Rows} rows and no rejection");
            Assert.InRange(fate.PeakBytes, 1, 600L << 20);
        }

        output.WriteLine($"{places.Count} counts");
        Assert.True(places.Count > 20);
    }

    private static string? Fault(FileFate fate, ParquetSample sample, int sound) => fate switch
    {
        { Escaped: { } escaped } => escaped,
        { PlanError: not null } => sound > 0 && sample.Bytes.Length > 0 ? "refused by the plan" : null,
        { Rejects: > 0, Reason: null or "" } => "rejected without a reason",
        _ when sound > 0 && fate.Rows < (long)sound * ParquetSample.RowsAGroup => $"only {fate.Rows} rows came out: {fate.Reason}",
        _ when sound > 0 && fate.Digests[sound - 1] != sample.Digests[sound - 1] => "rows before the damage differ",
        _ => null,
    };
}
