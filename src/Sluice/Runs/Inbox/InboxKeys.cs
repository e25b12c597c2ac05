namespace Sluice.Runs.Inbox;

/// <summary>The keys of requests that were laid into batches, for as long as they are to be known. Not safe for several threads.</summary>
internal sealed class InboxKeys(TimeSpan retention, TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(1);
    private readonly Dictionary<string, KnownKey> _keys = new(StringComparer.Ordinal);
    private DateTimeOffset _pruned = time.GetUtcNow();

    /// <summary>The key of a request that came without one: it holds a blank, which senders' own cannot, and is not known afterwards.</summary>
    public static string Anonymous(long number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"request {number}");

    /// <summary>Keys known.</summary>
    public int Count => _keys.Count;

    /// <summary>Knows the keys of a batch that was written at some time.</summary>
    public void Add(InboxBatch batch, DateTimeOffset at)
    {
        foreach (InboxEntry entry in batch.Entries.Where(e => !e.Key.Contains(' ', StringComparison.Ordinal)))
        {
            _keys[entry.Key] = new KnownKey(entry.Sha256, batch.Number, at);
        }
    }

    /// <summary>What is known of a key.</summary>
    public bool TryGet(string key, out KnownKey known) => _keys.TryGetValue(key, out known);

    /// <summary>Forgets what is old, once an hour at most: a service runs for months.</summary>
    public void Prune()
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now - _pruned < s_interval)
        {
            return;
        }

        _pruned = now;
        foreach (string key in _keys.Where(k => k.Value.At < now - retention).Select(k => k.Key).ToList())
        {
            _keys.Remove(key);
        }
    }
}

/// <summary>A request that was laid into a batch.</summary>
/// <param name="Sha256">Digest of its body.</param>
/// <param name="Batch">Number of the batch.</param>
/// <param name="At">When the batch was written.</param>
internal readonly record struct KnownKey(string Sha256, int Batch, DateTimeOffset At);
