namespace Sluice.Runs.Forecast;

/// <summary>Where a sample is taken: places spread over the files by their rows, at random within each.</summary>
/// <param name="Places">The places, in the order in which they are read; empty when all is read.</param>
/// <param name="IsWhole">Whether the whole input is read, in its order.</param>
internal sealed record SamplePlan(IReadOnlyList<SamplePlace> Places, bool IsWhole)
{
    // As many places as make their differences tell; below some rows a place costs more to find than to read.
    private const int WishedPlaces = 72;
    private const int LeastRows = 16;

    // Entering a Parquet file costs the decoding of a part of a row group; too few places would see nothing of what lies apart.
    private const int TableRows = 2048;
    private const int LeastTablePlaces = 16;

    /// <summary>Draws a sample.</summary>
    /// <param name="files">The survey.</param>
    /// <param name="rows">Rows to sample.</param>
    /// <param name="batchRows">Rows that travel together in a run: no place holds many more.</param>
    /// <param name="seed">The same seed draws the same places.</param>
    public static SamplePlan Draw(IReadOnlyList<SurveyedFile> files, int rows, int batchRows, int seed)
    {
        double total = files.Sum(f => f.LikelyRows);
        if (rows >= total)
        {
            return new SamplePlan([], true);
        }

        Random random = new(seed);
        int each = Math.Clamp(rows / WishedPlaces, Math.Min(LeastRows, batchRows), batchRows);
        double step = total / Math.Max(1, Math.Round((double)rows / each));
        // Systematic: a file of a share of the rows gets that share of the places, give or take one.
        double next = random.NextDouble() * step;
        double passed = 0;
        List<SamplePlace> places = [];
        for (int i = 0; i < files.Count; i++)
        {
            passed += files[i].LikelyRows;
            int count = 0;
            for (; next < passed; next += step)
            {
                count++;
            }

            if (count > 0)
            {
                places.AddRange(Within(files[i], i, count, each, random));
            }
        }

        SamplePlace[] order = [.. places];
        random.Shuffle(order);
        return new SamplePlan(order, false);
    }

    private static IEnumerable<SamplePlace> Within(SurveyedFile file, int index, int count, int each, Random random)
    {
        if (!file.CanEnter)
        {
            return Enumerable.Repeat(new SamplePlace(index, -1, -1, each), count);
        }

        double length = file.Rows >= 0 ? file.Rows : file.Bytes;
        if (file.Rows >= 0)
        {
            int longer = Math.Max(each, Math.Min(TableRows, count * each / LeastTablePlaces));
            (count, each) = (Math.Max(1, (int)Math.Round((double)count * each / longer)), longer);
        }

        // The file is cut into slots of about so many rows; a row belongs to the slot that it begins in, so every row is as likely as any other to be drawn.
        int slots = (int)Math.Clamp(Math.Round(file.LikelyRows / each), 1, int.MaxValue);
        HashSet<int> drawn = [];
        count = Math.Min(count, slots);
        for (int i = slots - count; i < slots; i++)
        {
            int slot = random.Next(i + 1);
            drawn.Add(drawn.Contains(slot) ? i : slot);
        }

        double width = length / slots;
        return drawn.Order().Select(slot => new SamplePlace(index, (long)(slot * width), slot == slots - 1 ? (long)length : (long)((slot + 1) * width), each));
    }
}
