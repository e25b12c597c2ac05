namespace Sluice.Records;

/// <summary>Where a row was read: enough to find its bytes again.</summary>
/// <param name="File">0-based index of the file in the run's plan.</param>
/// <param name="Number">1-based number of the row in its file: line (blank lines counted), array element or Parquet row.</param>
/// <param name="Offset">0-based byte offset of the row in the decompressed file; for Parquet the 0-based row index.</param>
public readonly record struct RowOrigin(int File, long Number, long Offset);
