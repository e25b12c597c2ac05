namespace Sluice.DuckDb.Interop;

/// <summary>Starts the library and the database when they are first needed, and a new database after a fault has shut one down.</summary>
internal sealed class DatabaseOwner(DuckDbOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Lazy<DuckDbApi> _api = new(() => new DuckDbApi(options.LibraryPath));
    private Database? _database;
    private bool _disposed;

    /// <summary>The library.</summary>
    public DuckDbApi Api => _api.Value;

    /// <summary>A connection of its own for one task.</summary>
    public Connection Connect()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _database ??= new Database(Api, options, options.Threads);
            return _database.Connect();
        }
    }

    /// <summary>A database of its own with one thread, for what several would do in an order that depends on timing.</summary>
    public Database Alone() => new(Api, options, threads: 1);

    /// <summary>Gives up the database when it has shut itself down: one file that breaks the library must not take the next one with it.</summary>
    public void Report(DuckDbException error)
    {
        if (error.IsFatal)
        {
            lock (_gate)
            {
                _database?.Dispose();
                _database = null;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _database?.Dispose();
            _database = null;
        }
    }
}
