using Sluice.Pool;

namespace Sluice.Host.Serve.Units;

/// <summary>What a pool holds.</summary>
/// <param name="Counts">Rows by fate.</param>
/// <param name="Segments">Committed segments.</param>
/// <param name="Bytes">Bytes of their files.</param>
internal sealed record PoolFigures(RowCounts Counts, int Segments, long Bytes);
