using System.Globalization;

namespace Sluice.Runs.Diff;

/// <summary>One output, read.</summary>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Keys">Packs its ids.</param>
/// <param name="Selection">Its chosen rows.</param>
internal sealed record DiffInput(OutputManifest Manifest, RowKeys Keys, Selection Selection)
{
    private const string Absent = "(none)";

    /// <summary>Reads an output.</summary>
    public static DiffInput Read(OutputManifest manifest, IReadOnlyList<string> scores, CancellationToken token)
    {
        RowKeys keys = new(manifest);
        return new DiffInput(manifest, keys, new SelectionReader(manifest, keys, scores).Read(token));
    }

    /// <summary>The id of the row at a place of the selection.</summary>
    public string Id(int place) => IdOf(Selection.Keys[place]);

    /// <summary>The id of a key.</summary>
    public string IdOf(long key) => string.Create(CultureInfo.InvariantCulture, $"{Manifest.Files[RowKeys.File(key)].Name}#{RowKeys.Number(key)}");

    /// <summary>Chosen rows by category.</summary>
    public Dictionary<string, long> ByCategory() => Count(Selection.Categories.Select(c => string.IsNullOrEmpty(c) ? Absent : c));

    /// <summary>Chosen rows by source: the label of their file, or its name.</summary>
    public Dictionary<string, long> BySource() => Count(Selection.Keys.Select(k => Manifest.Files[RowKeys.File(k)].Source));

    private static Dictionary<string, long> Count(IEnumerable<string> values)
    {
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        foreach (string value in values)
        {
            counts[value] = counts.GetValueOrDefault(value) + 1;
        }

        return counts;
    }
}
