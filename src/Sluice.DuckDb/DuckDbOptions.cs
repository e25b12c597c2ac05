using System.ComponentModel.DataAnnotations;

namespace Sluice.DuckDb;

/// <summary>How DuckDB reads and writes columnar files.</summary>
public sealed class DuckDbOptions
{
    /// <summary>Configuration section of these options.</summary>
    public const string SectionName = "DuckDb";

    /// <summary>Path of <c>libduckdb.so</c>. Default empty: beside the program, then where the system loader looks.</summary>
    public string LibraryPath { get; init; } = "";

    /// <summary>Threads that decode and encode, all files together. More of them read a file of several row groups faster and hold more memory. Default 2.</summary>
    [Range(1, 256)]
    public int Threads { get; init; } = 2;

    /// <summary>Memory the library may hold, in MiB; what a write needs beyond it goes to <see cref="TemporaryFolder"/>. A row of N bytes needs about 4 N a thread. Default 512.</summary>
    [Range(64, 1048576)]
    public int MemoryLimitMegabytes { get; init; } = 512;

    /// <summary>Folder in which a folder for spilled data is made when one is needed. Default empty: the system's folder for temporary files.</summary>
    public string TemporaryFolder { get; init; } = "";

    /// <summary>
    /// Whether Parquet byte arrays that do not say they are text, as old writers leave them, are read as UTF-8 text; bytes that are not UTF-8 then
    /// fail the file. Default false: such values become base64 text.
    /// </summary>
    public bool BinaryAsText { get; init; }
}
