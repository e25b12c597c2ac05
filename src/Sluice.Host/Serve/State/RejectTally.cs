using System.Text;
using System.Text.RegularExpressions;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Runs;
using Sluice.Sinks.Report;

namespace Sluice.Host.Serve.State;

/// <summary>Counts rejected rows by reason, numbers left out, and keeps the first rows of each: what somebody who looks at a service asks first.</summary>
internal sealed partial class RejectTally
{
    private const int MostKinds = 40;
    private const int MostSamples = 3;
    private const int MostLines = 100_000;
    private const int ExcerptLength = 160;
    private const int ReasonLength = 200;
    private const string Others = "Other reasons";
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Kind> _kinds = new(StringComparer.Ordinal);

    /// <summary>Adds the rejects that a pool holds already; of very many, the first.</summary>
    public void Load(string pool, IReadOnlyList<LedgerRecord> records)
    {
        foreach (byte[] line in RejectsFile.Lines(pool, records).Take(MostLines))
        {
            using var parsed = System.Text.Json.JsonDocument.Parse(line);
            System.Text.Json.JsonElement row = parsed.RootElement;
            Add(row.GetProperty("reason").GetString()!, $"{row.GetProperty("file").GetString()}#{row.GetProperty("number").GetInt64()}",
                row.TryGetProperty("raw", out System.Text.Json.JsonElement raw) ? raw.GetString()! : "(not UTF-8)");
        }
    }

    /// <summary>Adds the rejects of a batch.</summary>
    public void Add(string file, IReadOnlyList<Rejection> rejections)
    {
        foreach (Rejection rejection in rejections)
        {
            ReadOnlySpan<byte> raw = rejection.Raw.Span;
            Add(rejection.Reason, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file}#{rejection.Origin.Number}"), Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, 4 * ExcerptLength)]));
        }
    }

    /// <summary>The kinds, most frequent first.</summary>
    public IReadOnlyList<RejectState> States()
    {
        lock (_gate)
        {
            return [.. _kinds.OrderByDescending(k => k.Value.Count).ThenBy(k => k.Key, StringComparer.Ordinal).Select(k => new RejectState(k.Key, k.Value.Count, [.. k.Value.Samples]))];
        }
    }

    private void Add(string reason, string id, string raw)
    {
        string words = Numbers().Replace(SafeText.Shorten(SafeText.Clean(reason), ReasonLength), "…");
        lock (_gate)
        {
            if (!_kinds.TryGetValue(words, out Kind? kind))
            {
                words = _kinds.Count < MostKinds ? words : Others;
                kind = _kinds.TryGetValue(words, out Kind? other) ? other : _kinds[words] = new Kind();
            }

            kind.Count++;
            if (kind.Samples.Count < MostSamples)
            {
                kind.Samples.Add(new RejectSample(id, SafeText.Shorten(SafeText.Clean(raw), ExcerptLength)));
            }
        }
    }

    [GeneratedRegex("-?[0-9]+([.,][0-9]+)*")]
    private static partial Regex Numbers();

    private sealed class Kind
    {
        public long Count { get; set; }

        public List<RejectSample> Samples { get; } = [];
    }
}
