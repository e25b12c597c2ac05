using System.Globalization;

namespace Sluice.DuckDb.Interop;

/// <summary>A database in memory: nothing but a place to run queries over files.</summary>
internal sealed unsafe class Database : IDisposable
{
    private readonly DuckDbApi _api;
    private readonly NativeHandle _handle;
    private readonly string _spill;

    /// <param name="api">The library.</param>
    /// <param name="options">Its memory and folder.</param>
    /// <param name="threads">Its threads.</param>
    public Database(DuckDbApi api, DuckDbOptions options, int threads)
    {
        _api = api;
        string folder = options.TemporaryFolder.Length > 0 ? options.TemporaryFolder : Path.GetTempPath();

        // Two databases must not share a spill folder: the names of the files in it are the same in both. The library makes it when it needs it.
        _spill = Path.GetFullPath(Path.Combine(folder, $"sluice-duckdb-{Path.GetRandomFileName()}"));
        Directory.CreateDirectory(folder);
        nint config;
        Check(api.CreateConfig(&config), "it could not make a configuration");
        using NativeHandle owned = new(config, api.DestroyConfig);
        Set("threads", threads.ToString(CultureInfo.InvariantCulture));
        Set("memory_limit", string.Create(CultureInfo.InvariantCulture, $"{options.MemoryLimitMegabytes}MiB"));
        Set("temp_directory", _spill);
        Set("preserve_insertion_order", "true");

        // Files are read once; a cache of their bytes takes memory, and could answer for a file written anew within the same tick of its clock.
        Set("enable_external_file_cache", "false");
        Set("autoinstall_known_extensions", "false");
        Set("autoload_known_extensions", "false");

        nint database;
        byte* error = null;
        if (api.OpenExt(null, &database, config, &error) != 0)
        {
            throw new InvalidOperationException($"DuckDB could not start: {api.TakeText(error)}");
        }

        _handle = new NativeHandle(database, api.Close);
        using Connection connection = Connect();
        connection.RegisterScans();

        void Set(string name, string value)
        {
            fixed (byte* nameBytes = DuckDbApi.Terminated(name))
            fixed (byte* valueBytes = DuckDbApi.Terminated(value))
            {
                Check(api.SetConfig(owned.Value, nameBytes, valueBytes), $"it does not accept {name} = {value}");
            }
        }
    }

    /// <summary>A connection for one task; connections run side by side.</summary>
    public Connection Connect()
    {
        nint connection;
        Check(_api.Connect(_handle.Value, &connection), "it refused a connection");
        Connection result = new(_api, connection);
        try
        {
            // Else texts of points in time would depend on the machine.
            result.Execute("SET TimeZone = 'UTC'");
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _handle.Dispose();
        if (Directory.Exists(_spill))
        {
            Directory.Delete(_spill, recursive: true);
        }
    }

    private static void Check(int state, string what)
    {
        if (state != 0)
        {
            throw new InvalidOperationException($"DuckDB could not start: {what}.");
        }
    }
}
