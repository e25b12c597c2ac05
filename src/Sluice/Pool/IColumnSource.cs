using Sluice.Records;

namespace Sluice.Pool;

/// <summary>Where steps read columns: the pool, seen without its files.</summary>
public interface IColumnSource
{
    /// <summary>Rows in the pool.</summary>
    long Rows { get; }

    /// <summary>Where the pool lies; empty for one in memory.</summary>
    string Folder => "";

    /// <summary>SHA-256 of the rows' bytes, whatever their columns; empty for a pool in memory.</summary>
    string Identity => "";

    /// <summary>A column over all rows. Throws <see cref="InvalidDataException"/> listing what there is when it is absent.</summary>
    ColumnData Column(string name);

    /// <summary>Whether the pool has a column.</summary>
    bool Has(string name);

    /// <summary>The vectors of the given rows, in that order.</summary>
    VectorData Vectors(string name, IReadOnlyList<long> rows);

    /// <summary>The same, left where they lie if they can be read there: for more of them than memory holds.</summary>
    IPoolVectors OpenVectors(string name, IReadOnlyList<long> rows) => new HeldVectors(Vectors(name, rows));
}
