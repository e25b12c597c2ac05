namespace Sluice.Tests.DuckDb;

/// <summary>Alone, since it looks at the memory of the whole process.</summary>
[Collection(MeasuredAlone.Name)]
public sealed class ReadRowsMemoryTests(DuckDbFixture duck) : IClassFixture<DuckDbFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReadRows_ManyRows_ManagedMemoryStaysFlat()
    {
        string path = _folder["many.parquet"];
        duck.Parquet(path, "SELECT i, repeat(md5(i::VARCHAR), 18) AS t FROM range(300000) t(i)");
        long rows = 0;
        long bytes = 0;
        List<long> more = [];

        // What earlier tests left to finalizers would be given back meanwhile.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (IReadOnlyList<ReadOnlyMemory<byte>> chunk in duck.Files.ReadRows(path, 0, CancellationToken.None))
        {
            rows += chunk.Count;
            bytes += chunk.Sum(row => (long)row.Length);
            if (rows % (20 * 2048) == 0)
            {
                more.Add(GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.Equal(300000, rows);
        Assert.InRange(bytes, 175_000_000, 185_000_000);
        Assert.InRange(more.Count, 6, 8);
        Assert.True(more.Max() < 20_000_000, $"Found {more.Max():N0} bytes more than before at the most, expected fewer than 20,000,000.");
    }
}
