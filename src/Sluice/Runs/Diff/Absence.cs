using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Sinks.Report;

namespace Sluice.Runs.Diff;

/// <summary>Says why a row was no candidate of an output at all, as far as its pool is still there to tell.</summary>
internal sealed class Absence(OutputManifest manifest, ITableFiles tables) : IDisposable
{
    private readonly Lazy<PoolReader?> _pool = new(() => Open(manifest, tables));

    /// <summary>One sentence's part: <c>no candidate there: it repeats rows.jsonl#12, similarity 0.93</c>.</summary>
    public string Say(string id)
    {
        string why = _pool.Value is not { } pool ? "it repeats an earlier row, was rejected or is not in the input (its pool is not there any more)" : Look(pool, id);
        return $"no candidate there: {why}";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_pool.IsValueCreated)
        {
            _pool.Value?.Dispose();
        }
    }

    private static string Look(PoolReader pool, string id)
    {
        if (RowFinder.Rows(pool, id) is [long row, ..])
        {
            long of = pool.Has(PoolColumns.DuplicateOf) ? ((IntegerData)pool.Column(PoolColumns.DuplicateOf)).Values[row] : IntegerData.Missing;
            return of == IntegerData.Missing
                ? "it came into the pool after the selection"
                : string.Create(CultureInfo.InvariantCulture, $"it repeats {pool.Id(of)}, similarity {((NumberData)pool.Column(PoolColumns.Similarity)).Values[row]:0.####}");
        }

        return RowFinder.Reject(pool, id) is { } reject
            ? $"it was rejected ({reject.GetProperty("stage").GetString()}): {reject.GetProperty("reason").GetString()}"
            : "it is not in the input that was read";
    }

    // The pool may be gone, or be another one by now: then it has nothing to say.
    private static PoolReader? Open(OutputManifest manifest, ITableFiles tables)
    {
        try
        {
            PoolReader pool = PoolReader.Open(manifest.Pool, tables);
            JsonObject? settings = manifest.Run["settings"] as JsonObject;
            if (manifest.Files.All(f => pool.Plan.Files.Any(p => p.Name == f.Name && p.Sha256 == f.Sha256)) && pool.Plan.Settings.All(s => settings.Text(s.Key) == s.Value))
            {
                return pool;
            }

            pool.Dispose();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or JsonException)
        {
            // Its absence is no fault of the outputs.
        }

        return null;
    }
}
