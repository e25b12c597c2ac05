namespace Sluice.Faults.Tests.Input;

/// <summary>One way in which a Parquet file goes bad.</summary>
internal enum ParquetDamage
{
    Page,
    PageHeader,
    PageStart,
    ZeroedBlock,
    FooterBytes,
    FooterLength,
    HeadMagic,
    TailMagic,
    Truncated,
    RowCount,
    Inserted,
    Deleted,
    DuplicatedStretch,
    Spliced,
}
