using Sluice.DuckDb;
using Sluice.DuckDb.Interop;

namespace Sluice.Benchmarks.Parsing;

/// <summary>The same file through DuckDB's <c>read_json</c> with typed columns; lines that are no row are left out, as ours are.</summary>
internal sealed class DatabaseReading : IDisposable
{
    private readonly string _sql;
    private readonly Database _database;

    public DatabaseReading(DuckDbApi api, string path, int threads)
    {
        _sql = $$"""
            SELECT count(*), CAST(sum(coalesce(strlen(instruction), 0) + coalesce(strlen(input), 0) + coalesce(strlen(output), 0)) AS BIGINT)
            FROM read_json('{{path.Replace("'", "''", StringComparison.Ordinal)}}', format = 'newline_delimited', ignore_errors = true,
                columns = { instruction: 'VARCHAR', input: 'VARCHAR', output: 'VARCHAR' })
            """;
        _database = new Database(api, new DuckDbOptions { MemoryLimitMegabytes = 2048 }, threads);
    }

    public ReadTally Run()
    {
        using Connection connection = _database.Connect();
        using ResultStream rows = connection.Stream(_sql);
        return rows.MoveNext() ? new ReadTally(rows[0].Get<long>(0), rows[1].Get<long>(0)) : throw new InvalidOperationException("An aggregate gave no row.");
    }

    public void Dispose() => _database.Dispose();
}
