namespace Sluice.DuckDb.Rows.Pages;

/// <summary>
/// Checks the levels at the beginning of a nested column's pages, by which its lists are put together. The library takes them as they are: damaged ones make it
/// copy memory that holds nothing, gigabytes of it.
/// </summary>
/// <param name="bytes">Reads the file.</param>
internal sealed class LevelCheck(PageBytes bytes)
{
    // Levels of a page of a million values take less.
    private const int Longest = 64 << 20;

    /// <summary>What is wrong with the levels of a page, or null. Pages that cannot be looked into pass, with -1 rows.</summary>
    /// <param name="page">The page's header.</param>
    /// <param name="at">Where its bytes begin.</param>
    /// <param name="codec">How they are compressed.</param>
    /// <param name="levels">The highest levels of the column.</param>
    /// <param name="rows">Rows that begin in the page.</param>
    public string? Fault(PageHeader page, long at, int codec, ColumnLevels levels, out long rows)
    {
        rows = -1;
        if (page.IsSecond)
        {
            return Second(page, at, levels, ref rows);
        }

        if (!page.HasPlainLevels || !bytes.CanOpen(codec))
        {
            return null;
        }

        // Four bytes of length, repetition levels, four bytes of length, definition levels.
        long repetition = Size(bytes.Start(at, page.Length, codec, 4), 0);
        if (repetition is < 0 or > Longest)
        {
            return "found no repetition levels at its beginning";
        }

        long definition = Size(bytes.Start(at, page.Length, codec, (int)repetition + 8), (int)repetition + 4);
        if (definition is < 0 or > Longest)
        {
            return "found no definition levels behind the repetition levels";
        }

        ReadOnlySpan<byte> start = bytes.Start(at, page.Length, codec, (int)(repetition + definition) + 8);
        return start.Length < repetition + definition + 8
            ? "found levels cut short"
            : Runs(start.Slice(4, (int)repetition), start[(int)(repetition + 8)..], page.Values, levels, ref rows);
    }

    private string? Second(PageHeader page, long at, ColumnLevels levels, ref long rows)
    {
        long both = page.RepetitionBytes + page.DefinitionBytes;
        if (both > page.Length || both > Longest)
        {
            return $"found {both} bytes of levels in a page of {page.Length}";
        }

        ReadOnlySpan<byte> start = bytes.Read(at, (int)both);
        return start.Length < both ? "found levels cut short" : Runs(start[..(int)page.RepetitionBytes], start[(int)page.RepetitionBytes..], page.Values, levels, ref rows);
    }

    private static string? Runs(ReadOnlySpan<byte> repetition, ReadOnlySpan<byte> definition, long values, ColumnLevels levels, ref long rows) =>
        !LevelRuns.Hold(repetition, values, levels.Repetition, out rows) ? $"found damaged repetition levels, expected {values}"
        : !LevelRuns.Hold(definition, values, levels.Definition, out _) ? $"found damaged definition levels, expected {values}"
        : null;

    private static long Size(ReadOnlySpan<byte> start, int at) => start.Length >= at + 4 ? BitConverter.ToUInt32(start[at..]) : -1;
}
