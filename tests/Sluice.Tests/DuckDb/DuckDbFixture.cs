using System.Text;
using Sluice.DuckDb;
using Sluice.DuckDb.Interop;

namespace Sluice.Tests.DuckDb;

/// <summary>The files under test and, for making input, the library itself through SQL.</summary>
public sealed class DuckDbFixture : IDisposable
{
    private readonly DatabaseOwner _owner = new(new DuckDbOptions());

    public DuckDbFiles Files { get; } = new(new DuckDbOptions());

    public void Sql(string statement)
    {
        using Connection connection = _owner.Connect();
        connection.Execute(statement);
    }

    public void Parquet(string path, string query, string options = "") => Sql($"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd{options})");

    public List<string> Rows(string path, long firstRow = 0) =>
        [.. Files.ReadRows(path, firstRow, CancellationToken.None).SelectMany(chunk => chunk).Select(row => Encoding.UTF8.GetString(row.Span))];

    public void Dispose()
    {
        Files.Dispose();
        _owner.Dispose();
    }
}
