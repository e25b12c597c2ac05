using System.Diagnostics;
using Sluice.Records;
using Sluice.Sources.JsonArrays;
using Sluice.Sources.JsonLines;
using Sluice.Sources.Parquet;

namespace Sluice.Sources;

/// <summary>Reads any file of a plan: picks the source that its format needs.</summary>
/// <param name="limits">What a source may hold.</param>
/// <param name="zstandard">Opens <c>.zst</c> files.</param>
/// <param name="tables">Reads Parquet files.</param>
internal sealed class SourceReader(SourceLimits limits, IStreamDecoder zstandard, IParquetRows tables) : ISource
{
    private readonly JsonLinesSource _lines = new(limits, zstandard);
    private readonly JsonArraySource _arrays = new(limits, zstandard);
    private readonly ParquetSource _parquet = new(limits, tables);

    /// <inheritdoc/>
    public IAsyncEnumerable<RawChunk> ReadAsync(SourceFile file, SourcePosition from, int rowsPerChunk, long bytesPerChunk, CancellationToken token) =>
        Pick(file.Format).ReadAsync(file, from, rowsPerChunk, bytesPerChunk, token);

    private ISource Pick(SourceFormat format) => format switch
    {
        SourceFormat.JsonLines => _lines,
        SourceFormat.JsonArray => _arrays,
        SourceFormat.Parquet => _parquet,
        _ => throw new UnreachableException($"No source for {format}. This is a bug."),
    };
}
