namespace Sluice.Runs.Forecast;

/// <summary>How many rows the whole input holds and what becomes of them, from a sample.</summary>
internal sealed record RowsForecast
{
    // What the unread rest of a file that can only be read from its beginning may differ by; nothing in the sample can tell.
    private const double BlindLength = 0.12;
    private const double BlindText = 0.15;

    /// <summary>Rows read.</summary>
    public required Interval Rows { get; init; }

    /// <summary>Rows rejected.</summary>
    public required Interval Rejected { get; init; }

    /// <summary>Rows of the pool: all but the rejected.</summary>
    public required Interval Sound { get; init; }

    /// <summary>Rows that repeat an earlier one.</summary>
    public required Interval Duplicates { get; init; }

    /// <summary>Rows that go on to the selection.</summary>
    public required Interval Kept { get; init; }

    /// <summary>Rows that models read: exact repeats are known before.</summary>
    public required Interval Scored { get; init; }

    /// <summary>Share of the rows that lie behind the readable beginning of their file.</summary>
    public required double Blind { get; init; }

    /// <summary>How far anything that follows the length of the rows may be off, as shares below and above.</summary>
    public required (double Below, double Above) Spread { get; init; }

    /// <summary>Reckons from the survey and the sample.</summary>
    public static RowsForecast Of(IReadOnlyList<SurveyedFile> files, SamplePlan plan, SampleTally tally)
    {
        (Interval rows, double blind) = plan.IsWhole ? (Interval.Exact(tally.Rows), 0.0) : Count(files, plan, tally);
        double share = plan.IsWhole ? 1 : Math.Min(1, tally.Rows / Math.Max(1, rows.Estimate));
        (double, double)[] rejects = [.. tally.Read.Select((read, i) => ((double)read, (double)tally.Rejected[i]))];
        Interval rejected = rows * Limits95.Share(rejects, share).Wider(blind / 2, blind);
        Interval sound = new(rows.Estimate - rejected.Estimate, Math.Max(0, rows.From - rejected.To), rows.To - rejected.From);
        Interval repeats = DuplicateEstimate.Of(tally.Groups(), tally.Sound, plan.IsWhole ? tally.Sound : sound.Estimate, tally.Read.Count(r => r > 0));
        if (!plan.IsWhole)
        {
            // More rows repeat more.
            repeats = new Interval(repeats.Estimate, repeats.From * sound.From / Math.Max(1, sound.Estimate), repeats.To * sound.To / Math.Max(1, sound.Estimate)).Wider(blind / 3, blind);
        }

        repeats = repeats.Within(0, sound.To);
        double seen = tally.Sound - tally.Kept;
        double exact = seen == 0 ? 0 : tally.Exact / seen;
        (double, double)[] texts = [.. tally.Read.Select((read, i) => ((double)read, (double)tally.Bytes[i]))];
        Interval length = Limits95.Ratio(texts, share);
        return new RowsForecast
        {
            Rows = rows,
            Rejected = rejected,
            Sound = sound,
            Duplicates = repeats,
            Kept = Less(sound, repeats),
            Scored = Less(sound, new Interval(repeats.Estimate * exact, repeats.From * exact * 0.8, repeats.To * (plan.IsWhole ? exact : seen < 10 ? 1 : Math.Min(1, exact * 1.5)))),
            Blind = blind,
            Spread = length.Estimate == 0 ? (0, 0) : (1 - (length.From / length.Estimate) + (BlindText * blind), (length.To / length.Estimate) - 1 + (BlindText * blind)),
        };
    }

    private static Interval Less(Interval rows, Interval gone) =>
        new(rows.Estimate - gone.Estimate, Math.Max(0, rows.From - gone.To), Math.Max(0, rows.To - gone.From));

    private static (Interval Rows, double Blind) Count(IReadOnlyList<SurveyedFile> files, SamplePlan plan, SampleTally tally)
    {
        (double Read, double Span)[] found = new (double, double)[files.Count];
        for (int i = 0; i < plan.Places.Count; i++)
        {
            SamplePlace place = plan.Places[i];
            // A slot holds the rows that begin in it, so its own width is what they stand for.
            double span = place.From >= 0 ? place.To - place.From : tally.Span[i];
            found[place.File] = (found[place.File].Read + tally.Read[i], found[place.File].Span + span);
        }

        List<(double, double)> clusters = [];
        for (int i = 0; i < plan.Places.Count; i++)
        {
            SamplePlace place = plan.Places[i];
            double span = place.From >= 0 ? place.To - place.From : tally.Span[i];
            if (files[place.File].Rows < 0 && found[place.File].Span > 0)
            {
                clusters.Add((span * found[place.File].Read / found[place.File].Span, tally.Read[i]));
            }
        }

        // Ends of the single files' figures would add up to a range that nothing reaches: those that rest on chance are taken together.
        double share = tally.Rows / Math.Max(1, files.Sum(f => f.LikelyRows));
        Interval chance = clusters.Count == 0 ? Interval.Exact(1) : Limits95.Ratio(clusters, Math.Min(0.999, share));
        Interval rows = Interval.Exact(0);
        double behind = 0;
        for (int i = 0; i < files.Count; i++)
        {
            SurveyedFile file = files[i];
            (double read, double span) = found[i];
            if (file.Rows >= 0)
            {
                rows += Interval.Exact(file.Rows);
                continue;
            }

            double likely = span > 0 && read > 0 ? file.TextBytes * read / span : file.LikelyRows;
            double unread = span > 0 ? Math.Max(0, 1 - (span / Math.Max(1, file.TextBytes))) : 1;
            behind += file.CanEnter ? 0 : likely * unread;
            double unsure = (file.CanEnter ? 0 : BlindLength * unread) + (file.IsTextKnown ? 0 : BlindLength * unread) + (span > 0 ? 0 : 0.15);
            rows += Interval.Around(likely, unsure, unsure) * new Interval(1, chance.From / Math.Max(1e-9, chance.Estimate), chance.To / Math.Max(1e-9, chance.Estimate));
        }

        // No count of rows is known better than to one.
        Interval whole = rows.IsExact ? rows : new Interval(Math.Round(rows.Estimate), Math.Floor(rows.From), Math.Ceiling(rows.To));
        return (whole, behind / Math.Max(1, rows.Estimate));
    }
}
