using Sluice.Parsing;
using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Records;
using Sluice.Sources;
using Sluice.Topology;

namespace Sluice.Runs;

/// <summary>What the annotate half is made of, whatever pool it fills.</summary>
/// <param name="Context">Bounds, clock and faults of the flow.</param>
/// <param name="PoolOptions">How segments are cut.</param>
/// <param name="Limits">What inputs may hold; part of a pool's plan.</param>
/// <param name="Parser">Parses rows.</param>
/// <param name="Sources">Reads inputs.</param>
/// <param name="Parquet">Reads footers.</param>
/// <param name="Tables">Reads and writes columns.</param>
/// <param name="Disk">Where changes go through.</param>
/// <param name="Time">The clock.</param>
/// <param name="Display">Where it tells how it goes.</param>
internal sealed record AnnotateParts(
    FlowContext Context, PoolOptions PoolOptions, SourceLimits Limits, IRowParser Parser, ISource Sources, IParquetRows Parquet, ITableFiles Tables, PoolDisk Disk, TimeProvider Time,
    IRunDisplay Display)
{
    /// <summary>Reads the rows of committed segments again.</summary>
    public SegmentLoader Loader => new(Parser, Tables, Context.Options.Workers);
}
