using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Diagnostics;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Sinks;
using Sluice.Sources;

namespace Sluice.Runs.Why;

/// <summary>One row's passport: where from, what each model said and where that stands in the pool, every decision and its reason.</summary>
internal sealed class Passport(ITableFiles tables, IParquetRows parquet)
{
    /// <summary>
    /// Tells everything known of a row. Throws <see cref="InvalidDataException"/> when the directory holds no pool or the pool no such row, naming what there is.
    /// </summary>
    /// <param name="path">An output directory, a work directory or a pool.</param>
    /// <param name="rowOrId">A pool row (0-based), or an id <c>file#number</c>, which rejected rows have too.</param>
    /// <param name="token">Ends the reading.</param>
    public PassportReport Describe(string path, string rowOrId, CancellationToken token)
    {
        string? output = OutputOf(path);
        using PoolReader pool = PoolReader.Open(output is null ? path : PoolOf(output), tables);
        return long.TryParse(rowOrId, NumberStyles.None, CultureInfo.InvariantCulture, out long row)
            ? row < pool.Rows ? OfRow(pool, output, row, token) : throw new InvalidDataException($"Found row {row}, expected one of 0 to {pool.Rows - 1}, the rows of the pool {pool.Folder}.")
            : RowFinder.Rows(pool, rowOrId) switch
            {
                [long only] => OfRow(pool, output, only, token),
                [long first, long second, ..] => throw new InvalidDataException($"The id '{rowOrId}' stands for several rows, such as {first} and {second}. Give the row."),
                _ => RowFinder.Reject(pool, rowOrId) is { } reject ? OfReject(pool, rowOrId, reject) : throw Unknown(pool, rowOrId),
            };
    }

    private PassportReport OfRow(PoolReader pool, string? output, long row, CancellationToken token)
    {
        RowOrigin origin = pool.Origin(row);
        PlannedFile file = pool.Plan.Files[origin.File];
        DecisionReader? decisions = output is null ? null : new DecisionReader(output, pool, parquet, tables, token);
        RowRepeat? repeats = Repeat(pool, row, decisions);
        RowDecision? decision = repeats is null ? decisions?.Of(row) : null;
        return new PassportReport
        {
            Id = pool.Id(row),
            Row = row,
            Fate = repeats is not null ? "duplicate" : decision is null ? "annotated" : decision.Ranks.Count > 0 ? "selected" : "dropped",
            Path = file.Path,
            Offset = origin.Offset,
            IsParquet = file.Format == SourceFormat.Parquet,
            Label = file.Label.Length > 0 ? file.Label : null,
            Replayed = pool.Records[pool.SegmentOf(row)].Replay is not null,
            Repeats = repeats,
            KnowsRepeats = pool.Has(PoolColumns.DuplicateOf),
            Scores = RowScores.Of(pool, row),
            Decision = decision,
            Text = Encoding.UTF8.GetString(pool.ReadRow(row)),
        };
    }

    private static PassportReport OfReject(PoolReader pool, string id, JsonElement reject)
    {
        PlannedFile file = pool.Plan.Files[RowFinder.Parse(pool, id)!.Value.File];
        return new PassportReport
        {
            Id = id,
            Row = null,
            Fate = "rejected",
            Path = file.Path,
            Offset = reject.GetProperty("offset").GetInt64(),
            IsParquet = file.Format == SourceFormat.Parquet,
            Label = file.Label.Length > 0 ? file.Label : null,
            Rejected = new RowReject(reject.GetProperty("stage").GetString()!, reject.GetProperty("reason").GetString()!),
            Text = reject.TryGetProperty("raw", out JsonElement raw) ? raw.GetString()! : reject.GetProperty("rawBase64").GetString()!,
        };
    }

    private static RowRepeat? Repeat(PoolReader pool, long row, DecisionReader? decisions)
    {
        long of = pool.Has(PoolColumns.DuplicateOf) ? ((IntegerData)pool.Column(PoolColumns.DuplicateOf)).Values[row] : IntegerData.Missing;
        if (of == IntegerData.Missing)
        {
            return null;
        }

        // An exact repeat of a row that is itself a near repeat has no decision of its own either.
        RowDecision? fate = ((IntegerData)pool.Column(PoolColumns.DuplicateOf)).Values[of] == IntegerData.Missing ? decisions?.Of(of) : null;
        string words = decisions is null ? "" : fate is null ? "which is no candidate either" : fate.Ranks is [long rank, ..]
            ? string.Create(CultureInfo.InvariantCulture, $"which was selected, at rank {rank}")
            : $"which was dropped by {fate.Step}: {fate.Reason}";
        double? limit = double.TryParse(pool.Plan.Settings.GetValueOrDefault("Stages:Dedup:MinJaccard"), NumberStyles.Float, CultureInfo.InvariantCulture, out double least) ? least : null;
        return new RowRepeat(of, pool.Id(of), ((NumberData)pool.Column(PoolColumns.Similarity)).Values[row], limit, words);
    }

    // The directory itself, or where the run of a work directory wrote.
    private static string? OutputOf(string path)
    {
        string full = Path.GetFullPath(path);
        if (File.Exists(Path.Combine(full, OutputFolder.Manifest)))
        {
            return full;
        }

        try
        {
            string work = Path.GetDirectoryName(PoolReader.Locate(full))!;
            string output = WorkConfiguration.Load(work).OutPath;
            return File.Exists(Path.Combine(output, OutputFolder.Manifest)) && PoolOf(output) == PoolReader.Locate(full) ? output : null;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // A pool of import, or one whose run has not ended: there is no decision to tell.
            return null;
        }
    }

    private static string PoolOf(string output)
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(output, OutputFolder.Manifest)));
        string pool = manifest.RootElement.GetProperty("pool").GetString()!;
        return File.Exists(Path.Combine(pool, PoolPlan.FileName))
            ? pool
            : throw new InvalidDataException($"{output} was chosen from the pool in {pool}, which is not there any more. Put it back, or give the directory it lies in now.");
    }

    private static InvalidDataException Unknown(PoolReader pool, string id)
    {
        int hash = id.LastIndexOf('#');
        string name = hash < 0 ? id : id[..hash];
        PlannedFile? file = pool.Plan.Files.FirstOrDefault(f => f.Name == name);
        if (file is null || hash < 0)
        {
            return new InvalidDataException($"Found '{id}', expected a row of the pool (0 to {pool.Rows - 1}) or an id file#number, such as {(pool.Rows > 0 ? pool.Id(0) : "rows.jsonl#1")}.{Suggestion.DidYouMean(name, pool.Plan.Files.Select(f => f.Name))} Files: {string.Join(", ", pool.Plan.Files.Take(10).Select(f => f.Name))}{(pool.Plan.Files.Count > 10 ? ", …" : "")}.");
        }

        long read = pool.Records.SelectMany(r => r.Files).Where(f => f.File == file.Index).Sum(f => f.Counts.Read);
        return new InvalidDataException($"'{name}' has no row {id[(hash + 1)..]}: {read:N0} rows of it were read. Numbers count from 1, and in JSON Lines blank lines count.");
    }
}
