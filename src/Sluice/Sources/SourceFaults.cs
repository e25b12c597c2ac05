using System.Globalization;

namespace Sluice.Sources;

/// <summary>The words in which sources say why a row could not be framed.</summary>
internal static class SourceFaults
{
    /// <summary>A row longer than allowed.</summary>
    public static string TooLong(long found, int allowed, int kept) => string.Create(CultureInfo.InvariantCulture,
        $"Found a row of {found:N0} bytes, expected at most {allowed:N0} ({SourceLimits.SectionName}:{nameof(SourceLimits.MaxRowBytes)}); its first {kept:N0} bytes are kept.");

    /// <summary>Compressed data that stop or break before their end.</summary>
    public static string Archive(Compression compression, string detail, long offset) => string.Create(CultureInfo.InvariantCulture,
        $"Found {(compression == Compression.GZip ? "gzip" : "Zstandard")} data cut short or damaged at byte {offset:N0} of the decompressed stream ({detail.TrimEnd('.')}), expected a whole file; rows before it were read.");

    /// <summary>A table that cannot be read on.</summary>
    public static string Table(string detail, long row) => string.Create(CultureInfo.InvariantCulture,
        $"Found the Parquet file unreadable from row {row:N0} on ({detail.TrimEnd('.')}), expected whole pages and footer; rows before it were read.");
}
