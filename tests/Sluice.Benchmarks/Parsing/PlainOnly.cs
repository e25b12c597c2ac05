using Sluice.Records;

namespace Sluice.Benchmarks.Parsing;

/// <summary>Where files are plain: nothing is ever decoded.</summary>
internal sealed class PlainOnly : IStreamDecoder
{
    public Stream Decode(Stream compressed) => throw new NotSupportedException("Only plain files are measured.");
}
