using System.Globalization;
using System.Text.Json;
using Sluice.Pool;

namespace Sluice.Runs;

/// <summary>Finds a row by the id that people see, <c>file#number</c>: in the pool, or among what was rejected.</summary>
internal static class RowFinder
{
    /// <summary>The file and the number in an id; null when it is none of this pool's.</summary>
    public static (int File, long Number)? Parse(PoolReader pool, string id)
    {
        int hash = id.LastIndexOf('#');
        if (hash <= 0 || !long.TryParse(id.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            return null;
        }

        PlannedFile? file = pool.Plan.Files.FirstOrDefault(f => f.Name == id[..hash]);
        return file is null ? null : (file.Index, number);
    }

    /// <summary>The pool rows of an id: none, one, or several where it does not tell rows apart.</summary>
    public static IReadOnlyList<long> Rows(PoolReader pool, string id)
    {
        if (Parse(pool, id) is not { } place)
        {
            return [];
        }

        List<long> rows = [];
        foreach (LedgerRecord record in pool.Records.Where(r => r.Rows > 0 && (r.Replay is not null || r.Files.Any(f => f.File == place.File))))
        {
            SegmentRows segment = pool.SegmentRows((int)record.Segment);
            for (int i = 0; i < segment.Count; i++)
            {
                if (segment.Place(i) == place)
                {
                    rows.Add(record.FirstRow + i);
                }
            }

            if (rows.Count == 0)
            {
                pool.Release((int)record.Segment);
            }
        }

        return rows;
    }

    /// <summary>The reject of an id that was refused and not mended since; null when there is none.</summary>
    public static JsonElement? Reject(PoolReader pool, string id)
    {
        if (Parse(pool, id) is not { } place)
        {
            return null;
        }

        string name = pool.Plan.Files[place.File].Name;
        byte[]? line = RejectsFile.Lines(pool.Folder, pool.Records).FirstOrDefault(l => RejectsFile.Place(l) == (name, place.Number));
        return line is null ? null : JsonElement.Parse(line);
    }
}
