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
        $"Found {Name(compression)} data cut short or damaged at byte {offset:N0} of the decompressed stream ({detail.TrimEnd('.')}), expected a whole file; rows before it were read.");

    /// <summary>Compressed data that unpack to more than allowed.</summary>
    public static string Expanded(Compression compression, long most, long compressed, int ratio) => string.Create(CultureInfo.InvariantCulture,
        $"Found {Name(compression)} data that unpack to more than {most:N0} bytes from a file of {compressed:N0}, expected at most {ratio:N0} times as many ({SourceLimits.SectionName}:{nameof(SourceLimits.MaxCompressionRatio)}); rows before that were read.");

    /// <summary>A table that cannot be read on.</summary>
    public static string Table(string detail, long row) => string.Create(CultureInfo.InvariantCulture,
        $"Found the Parquet file unreadable from row {row:N0} on ({detail.TrimEnd('.')}), expected whole pages and footer; rows before it were read.");

    private static string Name(Compression compression) => compression == Compression.GZip ? "gzip" : "Zstandard";
}
