namespace Sluice.Pool;

/// <summary>The vectors of chosen rows, held open for reading by many threads at once; disposing ends it, and spans must not be read after.</summary>
public interface IPoolVectors : IDisposable
{
    /// <summary>Number of rows.</summary>
    int Count { get; }

    /// <summary>Numbers a row, at least 1.</summary>
    int Width { get; }

    /// <summary>The numbers of one row, 0-based in the order asked for.</summary>
    ReadOnlySpan<float> Row(int index);
}
