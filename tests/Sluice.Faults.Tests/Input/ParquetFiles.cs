using Sluice.DuckDb;
using Sluice.DuckDb.Interop;

namespace Sluice.Faults.Tests.Input;

/// <summary>Makes good Parquet files, through the library itself.</summary>
internal sealed class ParquetFiles : IDisposable
{
    private readonly DatabaseOwner _owner = new(new DuckDbOptions());

    /// <summary>Writes the rows of a query.</summary>
    public void Write(string path, string query, string compression = "zstd", int rowsAGroup = 2048) =>
        Execute($"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION {compression}, ROW_GROUP_SIZE {rowsAGroup})");

    /// <summary>Numbers of a query, its only column, in order.</summary>
    public List<long> Numbers(string query)
    {
        using Connection connection = _owner.Connect();
        using ResultStream stream = connection.Stream(query);
        List<long> numbers = [];
        while (stream.MoveNext())
        {
            numbers.AddRange(stream[0].Span<long>(stream.Count));
        }

        return numbers;
    }

    public void Dispose() => _owner.Dispose();

    private void Execute(string statement)
    {
        using Connection connection = _owner.Connect();
        connection.Execute(statement);
    }
}
