namespace Sluice.DuckDb.Interop;

/// <summary>Starts the library and the database when they are first needed, and a new database after a fault has shut one down.</summary>
internal sealed class DatabaseOwner(DuckDbOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Lazy<DuckDbApi> _api = new(() => new DuckDbApi(options.LibraryPath));
    private Database? _database;
    private Database? _alone;
    private bool _disposed;

    /// <summary>The library.</summary>
    public DuckDbApi Api => _api.Value;

    /// <summary>A connection of its own for one task, on which the library's threads work together.</summary>
    public Connection Connect() => Connect(ref _database, options.Threads);

    /// <summary>
    /// A connection of its own for one task that the calling thread does by itself. For what only one thread can do anyway: with others in the database one of them would do it,
    /// while the calling thread looks for work without a pause and takes a processor from everyone else.
    /// </summary>
    public Connection ConnectAlone() => Connect(ref _alone, threads: 1);

    /// <summary>A database of its own with one thread, for what several would do in an order that depends on timing.</summary>
    public Database Alone() => new(Api, options, threads: 1);

    /// <summary>Gives up the database when it has shut itself down: one file that breaks the library must not take the next one with it.</summary>
    public void Report(DuckDbException error)
    {
        if (error.IsFatal)
        {
            lock (_gate)
            {
                CloseAll();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            CloseAll();
        }
    }

    private Connection Connect(ref Database? database, int threads)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            database ??= new Database(Api, options, threads);
            return database.Connect();
        }
    }

    private void CloseAll()
    {
        _database?.Dispose();
        _database = null;
        _alone?.Dispose();
        _alone = null;
    }
}
