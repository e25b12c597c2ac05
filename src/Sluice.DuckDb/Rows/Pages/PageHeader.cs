namespace Sluice.DuckDb.Rows.Pages;

/// <summary>The header of one page (parquet.thrift: PageHeader, DataPageHeader, DataPageHeaderV2).</summary>
/// <param name="Length">Bytes of the page behind its header.</param>
/// <param name="Values">Values in it; 0 for a dictionary.</param>
/// <param name="IsSecond">Whether it is a page of the second kind, whose levels stand before the compressed bytes.</param>
/// <param name="DefinitionBytes">Bytes of its definition levels; of the second kind only.</param>
/// <param name="RepetitionBytes">Bytes of its repetition levels; of the second kind only.</param>
/// <param name="HasPlainLevels">Whether its levels are in the encoding that all writers use now.</param>
internal readonly record struct PageHeader(long Length, long Values, bool IsSecond, long DefinitionBytes, long RepetitionBytes, bool HasPlainLevels)
{
    private const int Rle = 3;

    /// <summary>Reads a header; null when it states no length or a negative count.</summary>
    public static PageHeader? Read(ref CompactReader reader)
    {
        PageHeader page = new(-1, 0, false, 0, 0, true);
        reader.BeginStruct();
        while (reader.NextField())
        {
            switch (reader.Field)
            {
                case 3:
                    page = page with { Length = reader.Number() };
                    break;
                case 5:
                    page = First(ref reader, page);
                    break;
                case 8:
                    page = Second(ref reader, page);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return page is { Values: >= 0, Length: >= 0, DefinitionBytes: >= 0, RepetitionBytes: >= 0 } ? page : null;
    }

    private static PageHeader First(ref CompactReader reader, PageHeader page)
    {
        page = page with { Values = -1 };
        int outer = reader.Struct();
        while (reader.NextField())
        {
            switch (reader.Field)
            {
                case 1:
                    page = page with { Values = reader.Number() };
                    break;
                case 3 or 4:
                    page = page with { HasPlainLevels = page.HasPlainLevels && reader.Number() == Rle };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.EndStruct(outer);
        return page;
    }

    private static PageHeader Second(ref CompactReader reader, PageHeader page)
    {
        page = page with { Values = -1, IsSecond = true };
        int outer = reader.Struct();
        while (reader.NextField())
        {
            switch (reader.Field)
            {
                case 1:
                    page = page with { Values = reader.Number() };
                    break;
                case 5:
                    page = page with { DefinitionBytes = reader.Number() };
                    break;
                case 6:
                    page = page with { RepetitionBytes = reader.Number() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.EndStruct(outer);
        return page;
    }
}
