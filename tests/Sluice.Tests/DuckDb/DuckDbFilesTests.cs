using Sluice.DuckDb;
using Sluice.Records;

namespace Sluice.Tests.DuckDb;

public sealed class DuckDbFilesTests
{
    [Fact]
    public void Read_LibraryMissing_NamesItAndTheRemedy()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["a.csv"], "a\n1\n");
        using DuckDbFiles files = new(new DuckDbOptions { LibraryPath = "/nowhere/libduckdb.so" });
        DllNotFoundException error = Assert.Throws<DllNotFoundException>(() => files.Read(folder["a.csv"], null));
        Assert.Contains("/nowhere/libduckdb.so", error.Message, StringComparison.Ordinal);
        Assert.Contains("DuckDb:LibraryPath", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AfterDispose_Throws()
    {
        using TemporaryFolder folder = new();
        DuckDbFiles files = new(new DuckDbOptions());
        files.Write(folder["a.csv"], [new("a", new IntegerData([1]))]);
        files.Dispose();
        files.Dispose();
        Assert.Throws<ObjectDisposedException>(() => files.Read(folder["a.csv"], null));
    }

    [Fact]
    public void Read_ColumnNameWithNul_IsRefused()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["n.jsonl"], "{\"a\\u0000b\":1}\n");
        using DuckDbFiles files = new(new DuckDbOptions());
        Assert.Contains("n.jsonl", Assert.Throws<InvalidDataException>(() => files.Read(folder["n.jsonl"], null)).Message, StringComparison.Ordinal);
    }
}
