using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Sinks;
using Sluice.Sinks.Report;
using Sluice.Sinks.Report.Facts;

namespace Sluice.Runs.Diff;

/// <summary>Reads single rows of an output: what was chosen with them, and the beginning of what they say.</summary>
internal static class RowLines
{
    private const int MostText = 160;

    /// <summary>What stands beside the rows of given ranks in <c>selection.jsonl</c>, in words.</summary>
    public static IReadOnlyDictionary<int, string> Figures(OutputManifest manifest, IReadOnlyCollection<int> ranks) => At(manifest[SelectionWriter.FileName], ranks, static line => Words(line.Span));

    /// <summary>The beginning of the texts of the rows of given ranks; empty where the directory holds the rows no more.</summary>
    public static IReadOnlyDictionary<int, string> Texts(OutputManifest manifest, IReadOnlyCollection<int> ranks, IParquetRows parquet, CancellationToken token)
    {
        string lines = manifest[SelectedWriter.JsonLines];
        if (File.Exists(lines))
        {
            return At(lines, ranks, static line => Excerpt(line.ToArray()));
        }

        string table = manifest[SelectedWriter.Parquet];
        return File.Exists(table)
            ? ranks.ToDictionary(rank => rank, rank => Excerpt(parquet.ReadRows(table, rank, token).First()[0].ToArray()))
            : new Dictionary<int, string>();
    }

    private static Dictionary<int, string> At(string path, IReadOnlyCollection<int> ranks, Func<ReadOnlyMemory<byte>, string> read)
    {
        Dictionary<int, string> found = [];
        int rank = 0;
        foreach (ReadOnlyMemory<byte> line in ranks.Count == 0 ? [] : LineBytes.Read(path))
        {
            if (ranks.Contains(rank++))
            {
                found[rank - 1] = read(line);
                if (found.Count == ranks.Count)
                {
                    break;
                }
            }
        }

        return found;
    }

    private static string Excerpt(byte[] row) => RowExcerpt.Texts(row, MostText).ReplaceLineEndings(" ");

    private static string Words(ReadOnlySpan<byte> line)
    {
        JsonObject values = JsonNode.Parse(line) as JsonObject ?? [];
        IEnumerable<string> numbers = values.Where(v => v.Key is not ("rank" or "row") && double.IsFinite(v.Value.Number()))
            .OrderBy(v => v.Key == PoolColumns.Quality ? 0 : 1)
            .Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Key} {Sluice.Sinks.Report.Figures.Number(v.Value.Number())}"));
        string category = values.Text(PoolColumns.Category);
        return string.Join(", ", category.Length > 0 ? numbers.Prepend(category) : numbers);
    }
}
