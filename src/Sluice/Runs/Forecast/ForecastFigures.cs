using System.Globalization;
using Sluice.Dedup;

namespace Sluice.Runs.Forecast;

/// <summary>Puts a report together from what was measured.</summary>
internal sealed record ForecastFigures
{
    // What ends a run after its last row: rejects, manifest, closing.
    private const double EndSeconds = 0.3;

    /// <summary>The pipeline.</summary>
    public required Pipeline Pipeline { get; init; }

    /// <summary>What was asked.</summary>
    public required ForecastOptions Options { get; init; }

    /// <summary>The files.</summary>
    public required IReadOnlyList<SurveyedFile> Survey { get; init; }

    /// <summary>Where the sample was taken.</summary>
    public required SamplePlan Plan { get; init; }

    /// <summary>What it showed.</summary>
    public required SampleMeasure Measure { get; init; }

    /// <summary>The recipe on it; null where it could not be tried.</summary>
    public required SelectReport? Trial { get; init; }

    /// <summary>Where the recipe's outputs lie.</summary>
    public required string OutPath { get; init; }

    /// <summary>Columns of vectors, and bytes of one vector.</summary>
    public required IReadOnlyDictionary<string, int> Vectors { get; init; }

    /// <summary>Seconds that opening the models took.</summary>
    public required double OpenSeconds { get; init; }

    /// <summary>Seconds that hashing the inputs will take.</summary>
    public required double HashSeconds { get; init; }

    /// <summary>Seconds that a cold start costs.</summary>
    public required double ColdSeconds { get; init; }

    /// <summary>Resident bytes between the halves.</summary>
    public required double Resident { get; init; }

    /// <summary>What to know so far.</summary>
    public required List<string> Notes { get; init; }

    /// <summary>The report.</summary>
    public ForecastReport Report(TimeSpan took)
    {
        DedupOptions dedup = Pipeline.Options.Stages.Dedup;
        RowsForecast rows = RowsForecast.Of(Survey, Plan, Measure.Tally);
        NeedsForecast needs = new(rows, Measure, Plan.IsWhole);
        Interval annotate = Interval.Around(HashSeconds, 0.4, 1) + needs.StreamSeconds(Pipeline.Options.Pool, ColdSeconds);
        Interval memory = needs.AnnotateBytes(dedup, RowsInFlight(), Heavy());
        Interval pool = needs.PoolBytes();
        Interval scratch = needs.ScratchBytes(dedup);
        Interval total = annotate + Interval.Around(Options.StartUp.TotalSeconds + OpenSeconds + EndSeconds, 0.5, 0.5);
        List<ForecastLine> lines =
        [
            new("rows", "rows", rows.Rows),
            new("rejected", "rows", rows.Rejected),
            new("duplicates", "rows", rows.Duplicates),
            new("candidates", "rows", rows.Kept),
        ];
        List<ForecastLine> later = [new("annotate", "seconds", annotate)];
        Interval output = Interval.Exact(0);
        if (Trial is not null)
        {
            long[] counts = [.. Enumerable.Range(0, Pipeline.Recipe.Count).Select(Count)];
            Interval chosen = SelectTrial.Chosen(Trial, rows.Kept, needs.Times, counts);
            Interval seconds = SelectTrial.Seconds(Trial, needs.Times, counts);
            double vectors = Pipeline.Recipe.SelectMany(s => s.Columns).Distinct().Sum(c => Vectors.GetValueOrDefault(c));
            memory = Interval.Max(memory, needs.SelectBytesOf(Resident, vectors));
            output = needs.OutputBytes(OutPath, chosen, Trial.Outcome.Selected.Count);
            total += seconds;
            lines.Add(new("selected", "rows", chosen));
            later.Add(new("select", "seconds", seconds));
        }

        lines.AddRange(needs.Tokens().Select(t => new ForecastLine($"tokens {t.Model}", "tokens", t.Tokens)));
        lines.AddRange(later);
        lines.Add(new("time", "seconds", total));
        if (Options.Price is { } price)
        {
            lines.Add(new("price", "money", total * (price / 3600)));
        }

        lines.Add(new("memory", "bytes", memory));
        lines.Add(new("pool", "bytes", pool));
        lines.Add(new("scratch", "bytes", scratch));
        if (Trial is not null)
        {
            lines.Add(new("outputs", "bytes", output));
        }

        Tell(rows);
        (string Name, double Busy) busiest = Measure.Stages.MaxBy(s => s.Busy);
        return new ForecastReport
        {
            Name = Pipeline.Name,
            Files = Survey.Count,
            Bytes = Survey.Sum(f => f.Bytes),
            Sampled = Measure.Tally.Rows,
            Places = Plan.IsWhole ? Survey.Count : Plan.Places.Count,
            IsWhole = Plan.IsWhole,
            Seed = Options.Seed,
            Took = took,
            Lines = lines,
            Bottleneck = busiest,
            Notes = Notes,
            Warnings = Warn(memory, pool + scratch, output),
        };
    }

    // A block holds as many batches as it works on and as may wait before it.
    private double RowsInFlight()
    {
        Topology.FlowOptions flow = Pipeline.Options.Flow;
        return Math.Min(flow.MaxRows, (double)Measure.Stages.Count * (flow.Workers + flow.QueueBatches) * flow.BatchRows);
    }

    private double Heavy()
    {
        double all = Measure.Tally.Bytes.Sum() / Math.Max(1.0, Measure.Tally.Rows);
        if (Plan.IsWhole || all == 0)
        {
            return 1;
        }

        return Plan.Places.Select((p, i) => (p.File, Rows: Measure.Tally.Read[i], Bytes: Measure.Tally.Bytes[i])).GroupBy(p => p.File)
            .Where(f => f.Sum(p => p.Rows) > 0).Max(f => f.Sum(p => (double)p.Bytes) / f.Sum(p => p.Rows)) / all;
    }

    private long Count(int step) =>
        Pipeline.Values.FirstOrDefault(v => v.Key.Equals(string.Create(CultureInfo.InvariantCulture, $"Recipe:{step}:Count"), StringComparison.OrdinalIgnoreCase)).Value is { } text
        && long.TryParse(text, CultureInfo.InvariantCulture, out long count) ? count : -1;

    private void Tell(RowsForecast rows)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        if (!Plan.IsWhole)
        {
            double f = Measure.Tally.Rows / Math.Max(1, rows.Rows.Estimate);
            Notes.Add(string.Create(invariant, $"Duplicates grow with the pool: {Measure.Tally.Sound - Measure.Tally.Kept:N0} rows of the sample repeat another of it, and a sample of {f:P2} of the rows meets only so much of the pairs that lie apart."));
        }

        if (rows.Blind > 0.01)
        {
            int closed = Survey.Count(f => !f.CanEnter);
            Notes.Add(string.Create(invariant, $"{closed:N0} of {Survey.Count:N0} files are compressed or one JSON array, of which only the beginning can be read without reading all before it: {rows.Blind:P0} of the rows lie behind it, and the ranges are wider for that."));
        }

        if (Measure.Tally.Unscored > 0)
        {
            Notes.Add(string.Create(invariant, $"Models could not score {Measure.Tally.Unscored:N0} rows of the sample; a run ends beyond Inference:MaxUnscored ({Pipeline.Options.Inference.MaxUnscored:N0})."));
        }

        if (rows.Rejected.Estimate > Pipeline.Options.Flow.MaxRejectShare * rows.Rows.Estimate)
        {
            Notes.Add(string.Create(invariant, $"A run would be given up for its rejects: Flow:MaxRejectShare is {Pipeline.Options.Flow.MaxRejectShare:P0}."));
        }

        if (File.Exists(Path.Combine(Pipeline.PoolPath, "plan.json")))
        {
            Notes.Add("The work directory holds a pool already: a run goes on with it and needs less. This is what it needs from the start.");
        }

        Notes.Add("Time holds for this machine as busy as it was just now.");
    }

    private List<string> Warn(Interval memory, Interval work, Interval output)
    {
        List<string> warnings = [];
        long available = MachineRoom.MemoryAvailable();
        if (available < memory.To)
        {
            warnings.Add($"{MachineRoom.Size(available)} of memory are available, and the run may take {MachineRoom.Size(memory.To)}.");
        }

        Disk(Pipeline.WorkPath, work.To, "pool and scratch");
        Disk(Pipeline.OutPath, output.To, "outputs");
        return warnings;

        void Disk(string folder, double needed, string what)
        {
            if (MachineRoom.DiskFree(folder) is { } free && free < needed)
            {
                warnings.Add($"{MachineRoom.Size(free)} are free on the disk of {folder}, and {what} may take {MachineRoom.Size(needed)}.");
            }
        }
    }
}
