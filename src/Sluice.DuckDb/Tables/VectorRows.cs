using Sluice.Records;

namespace Sluice.DuckDb.Tables;

/// <summary>Rows of a matrix.</summary>
internal static class VectorRows
{
    /// <summary>The numbers of a row.</summary>
    public static ReadOnlySpan<float> Row(this VectorData data, int row) => data.Values.AsSpan(checked(row * data.Width), data.Width);

    /// <summary>Whether a row is there: not NaN throughout.</summary>
    public static bool IsPresent(this VectorData data, int row) => data.Row(row).ContainsAnyExcept(float.NaN);
}
