using System.Text.Json;
using Sluice.Records;
using Sluice.Sinks;
using Sluice.Sinks.Diff;
using Sluice.Sinks.Report.Facts;

namespace Sluice.Runs.Diff;

/// <summary>Reads out of an output's <c>dropped.parquet</c> why it does not hold given rows. The file is streamed: reasons of a million rows would fill the memory.</summary>
internal sealed class DroppedScan
{
    private const int MostReasons = 12;
    private readonly Dictionary<string, ReasonKinds> _kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<long, (string Step, string Reason)> _samples = [];

    /// <summary>Rows found.</summary>
    public long Found { get; private set; }

    /// <summary>Reads the file.</summary>
    /// <param name="manifest">The output.</param>
    /// <param name="ids">Packs its ids.</param>
    /// <param name="wanted">Keys of the rows to look for.</param>
    /// <param name="samples">Of these the reasons are kept as they are.</param>
    /// <param name="parquet">Streams the file.</param>
    /// <param name="token">Ends the reading.</param>
    public static DroppedScan Read(OutputManifest manifest, RowKeys ids, IReadOnlySet<long> wanted, IReadOnlySet<long> samples, IParquetRows parquet, CancellationToken token)
    {
        DroppedScan scan = new();
        if (wanted.Count == 0)
        {
            return scan;
        }

        foreach (IReadOnlyList<ReadOnlyMemory<byte>> chunk in parquet.ReadRows(manifest[DroppedWriter.FileName], 0, token))
        {
            foreach (ReadOnlyMemory<byte> row in chunk)
            {
                scan.Take(row.Span, ids, wanted, samples);
            }

            if (scan.Found == wanted.Count)
            {
                break;
            }
        }

        return scan;
    }

    /// <summary>Step and reason of a sampled row; null when no step dropped it.</summary>
    public (string Step, string Reason)? Of(long key) => _samples.TryGetValue(key, out (string, string) found) ? found : null;

    /// <summary>The most frequent reasons, those that differ in numbers alone as one.</summary>
    public IReadOnlyList<DiffReason> Reasons()
    {
        List<DiffReason> all = [];
        foreach ((string step, ReasonKinds kinds) in _kinds)
        {
            (IReadOnlyList<(string Reason, long Count)> most, long others) = kinds.Most(MostReasons);
            all.AddRange(most.Select(k => new DiffReason(step, k.Reason, k.Count)));
            if (others > 0)
            {
                all.Add(new DiffReason(step, "other reasons", others));
            }
        }

        return [.. all.OrderByDescending(r => r.Rows).ThenBy(r => r.Step, StringComparer.Ordinal).ThenBy(r => r.Reason, StringComparer.Ordinal)];
    }

    private void Take(ReadOnlySpan<byte> row, RowKeys ids, IReadOnlySet<long> wanted, IReadOnlySet<long> samples)
    {
        Utf8JsonReader reader = new(row);
        long key = -1;
        string step = "";
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                key = ids.Of(reader.GetString() ?? "");
                if (!wanted.Contains(key))
                {
                    return;
                }
            }
            else if (reader.ValueTextEquals("step"u8))
            {
                reader.Read();
                step = reader.GetString() ?? "";
            }
            else if (reader.ValueTextEquals("reason"u8))
            {
                reader.Read();
                Add(key, step, reader.GetString() ?? "", samples);
                return;
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void Add(long key, string step, string reason, IReadOnlySet<long> samples)
    {
        Found++;
        if (!_kinds.TryGetValue(step, out ReasonKinds? kinds))
        {
            _kinds[step] = kinds = new ReasonKinds();
        }

        kinds.Add(reason);
        if (samples.Contains(key))
        {
            _samples[key] = (step, reason);
        }
    }
}
