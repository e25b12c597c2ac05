using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using Sluice.DuckDb.Interop;

namespace Sluice.DuckDb.Tables;

/// <summary>
/// Columns in memory as a table that a query reads: the library asks for the next 2048 rows and they are laid into its vectors, so no second copy of the columns is
/// made. One thread of the library's reads, in order, so that what is written of it depends on the rows alone.
/// </summary>
internal sealed unsafe class ColumnScan : IDisposable
{
    private const string Name = "columns_in_memory";

    // The library's callbacks know a scan by its number; they are static, as a function that is registered outlives every scan.
    private static readonly ConcurrentDictionary<long, ColumnScan> s_scans = new();
    private static long s_last;

    // The callbacks have no other way to the library, of which a process loads one.
    private static DuckDbApi? s_api;
    private readonly DuckDbApi _api;
    private readonly IReadOnlyList<string> _names;
    private readonly ColumnFiller[] _fillers;
    private readonly int _rows;
    private readonly long _number;
    private int _next;

    /// <param name="api">The library.</param>
    /// <param name="names">Names of the columns.</param>
    /// <param name="fillers">Their values.</param>
    /// <param name="rows">Number of rows.</param>
    public ColumnScan(DuckDbApi api, IReadOnlyList<string> names, ColumnFiller[] fillers, int rows)
    {
        (_api, _names, _fillers, _rows) = (api, names, fillers, rows);

        // A name with a NUL is refused here, not within a callback.
        foreach (string name in names)
        {
            DuckDbApi.Terminated(name);
        }

        _number = Interlocked.Increment(ref s_last);
        s_scans[_number] = this;
    }

    /// <summary>The SQL that stands for the table; it can be read once.</summary>
    public string Source => string.Create(CultureInfo.InvariantCulture, $"{Name}({_number})");

    /// <summary>What a value that is made on the way threw; the query failed for it.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Makes scans known to a database. Throws <see cref="InvalidOperationException"/> when it refuses.</summary>
    public static void Register(DuckDbApi api, nint connection)
    {
        s_api = api;
        TableFunctions functions = api.Scans;
        using NativeHandle function = new(functions.Create(), functions.Destroy);
        using NativeHandle number = new(api.Types.Create((int)DuckDbType.BigInt), api.Types.Destroy);
        fixed (byte* name = DuckDbApi.Terminated(Name))
        {
            functions.SetName(function.Value, name);
        }

        functions.AddParameter(function.Value, number.Value);
        functions.SetBind(function.Value, &Bind);
        functions.SetInit(function.Value, &Begin);
        functions.SetFunction(function.Value, &Fill);
        if (functions.Register(connection, function.Value) != 0)
        {
            throw new InvalidOperationException("DuckDB could not start: it refused the function that reads columns in memory.");
        }
    }

    public void Dispose() => s_scans.TryRemove(_number, out _);

    [UnmanagedCallersOnly]
    private static void Bind(nint info)
    {
        DuckDbApi api = s_api!;
        long number;
        using (NativeHandle value = new(api.Scans.Parameter(info, 0), api.Scans.DestroyValue))
        {
            number = api.Scans.Integer(value.Value);
        }

        if (!s_scans.TryGetValue(number, out ColumnScan? scan))
        {
            fixed (byte* message = "These columns are no longer in memory.\0"u8)
            {
                api.Scans.SetBindError(info, message);
            }

            return;
        }

        for (int i = 0; i < scan._fillers.Length; i++)
        {
            using NativeHandle type = scan._fillers[i].CreateType(api);
            fixed (byte* name = DuckDbApi.Terminated(scan._names[i]))
            {
                api.Scans.AddColumn(info, name, type.Value);
            }
        }

        api.Scans.SetCardinality(info, (ulong)scan._rows, 1);
        api.Scans.SetBindData(info, (nint)number, 0);
    }

    // One thread reads unless more are asked for here.
    [UnmanagedCallersOnly]
    private static void Begin(nint info)
    {
    }

    [UnmanagedCallersOnly]
    private static void Fill(nint info, nint chunk)
    {
        DuckDbApi api = s_api!;
        ColumnScan scan = s_scans[api.Scans.BindData(info)];
        try
        {
            scan.Fill(chunk);
        }
#pragma warning disable CA1031 // Thrown again by the caller of the query.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            // No exception may pass through the library: the query fails, and its caller throws this one.
            scan.Fault = fault;
            fixed (byte* message = "A value could not be made.\0"u8)
            {
                api.Scans.SetError(info, message);
            }
        }
    }

    private void Fill(nint chunk)
    {
        int count = Math.Min((int)_api.VectorSize(), _rows - _next);
        for (int i = 0; i < _fillers.Length && count > 0; i++)
        {
            _fillers[i].Fill(new WritableVector(_api.Vectors, _api.Vectors.ChunkVector(chunk, (ulong)i)), _next, count);
        }

        _api.Vectors.SetChunkSize(chunk, (ulong)count);
        _next += count;
    }
}
