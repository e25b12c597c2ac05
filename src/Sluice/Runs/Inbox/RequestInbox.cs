using System.Globalization;
using Sluice.Pool.Disk;

namespace Sluice.Runs.Inbox;

/// <summary>
/// Takes rows that come over HTTP. A request's body goes to the disk as it arrives; all whole requests make up a batch when the pipeline asks for one, and are answered once the
/// pool has committed it. So rows that were acknowledged are in the pool exactly once, whenever the process dies, and a request sent again under its key is answered, not
/// taken again.
/// </summary>
internal sealed class RequestInbox
{
    private readonly string _work;
    private readonly InboxOptions _options;
    private readonly PoolDisk _disk;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<InboxRequest> _waiting = [];
    private readonly Dictionary<string, InboxRequest> _open = new(StringComparer.Ordinal);
    private readonly InboxKeys _keys;
    private readonly InboxRoom _room;
    private readonly List<InboxBatch> _batches = [];
    private TaskCompletionSource _arrived = New();
    private int _next;
    private long _refused;
    private long _received;

    /// <summary>Opens the inbox of a work directory, which the caller holds locked. What was not whole when the process died is deleted; what was not committed is given out again.</summary>
    /// <param name="work">The work directory.</param>
    /// <param name="isCommitted">Whether the pool has all rows of a file.</param>
    /// <param name="options">Bounds and times.</param>
    /// <param name="disk">Where changes go through.</param>
    /// <param name="time">The clock.</param>
    public RequestInbox(string work, Predicate<string> isCommitted, InboxOptions options, PoolDisk disk, TimeProvider time)
    {
        _work = work;
        _options = options;
        _disk = disk;
        _time = time;
        string incoming = InboxFolder.Incoming(work);
        disk.Delete(incoming, "cleanup");
        disk.CreateFolder(incoming, InboxJournal.Area);
        IReadOnlyList<int> batches = InboxFolder.Batches(work);
        foreach (int announced in InboxFolder.Announced(work).Except(batches))
        {
            disk.Delete(InboxFolder.RequestsOf(work, announced), "cleanup");
        }

        foreach (string partial in Directory.EnumerateFiles(InboxFolder.Of(work), "*" + PoolDisk.Partial))
        {
            disk.Delete(partial, "cleanup");
        }

        _room = new InboxRoom(work, options, time);
        _keys = new InboxKeys(options.KeyRetention, time);
        DateTimeOffset forgotten = time.GetUtcNow() - options.KeyRetention;
        foreach (int number in batches)
        {
            string path = InboxFolder.RowsOf(work, number);
            DateTimeOffset written = File.GetLastWriteTimeUtc(path);
            bool isOpen = !isCommitted(path);
            if (isOpen || written >= forgotten)
            {
                InboxBatch batch = InboxJournal.Read(work, number);
                _keys.Add(batch, written);
                if (isOpen)
                {
                    _batches.Add(batch);
                }
            }
        }

        _next = batches.Count == 0 ? 0 : batches[^1] + 1;
    }

    /// <summary>Requests that are whole and not committed.</summary>
    public int Requests
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Bytes received and not committed.</summary>
    public long PendingBytes => _room.Bytes;

    /// <summary>Rows committed since the process started.</summary>
    public long RowsAccepted { get; private set; }

    /// <summary>Requests turned away since the process started.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Whether a round has something to do here.</summary>
    public bool HasWork
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count > 0 || _batches.Count > 0;
            }
        }
    }

    /// <summary>Ends when a request arrives, at once when one is there.</summary>
    public Task ArrivalAsync()
    {
        lock (_gate)
        {
            return _waiting.Count > 0 ? Task.CompletedTask : _arrived.Task;
        }
    }

    /// <summary>
    /// Takes a request and waits for its commit. Throws <see cref="InboxRefusal"/> when it is turned away or not committed in time; a body that ends early, or a sender that goes
    /// away while sending, leaves nothing.
    /// </summary>
    /// <param name="body">The rows: JSON Lines, UTF-8, unpacked.</param>
    /// <param name="key">The sender's key; null: the request is not to be recognised when sent again.</param>
    /// <param name="token">The sender's own: whole requests are committed even when nobody waits for the answer.</param>
    public async Task<InboxAnswer> TakeAsync(Stream body, string? key, CancellationToken token)
    {
        try
        {
            await _room.EnterAsync(token);
            long number = Interlocked.Increment(ref _received);
            InboxRequest request = await InboxSpool.TakeAsync(
                body, key ?? InboxKeys.Anonymous(number), Path.Combine(InboxFolder.Incoming(_work), number.ToString(CultureInfo.InvariantCulture)), _options.MaxBodyBytes, token);
            (InboxRequest awaited, InboxAnswer? there) = Admit(request);
            if (there is not null)
            {
                return there;
            }

            InboxAnswer answer = await awaited.Answer.Task.WaitAsync(_options.AnswerTime, _time, token);
            return ReferenceEquals(awaited, request) ? answer : answer with { Repeated = true };
        }
        catch (TimeoutException)
        {
            throw Refuse(InboxReason.Late, string.Create(CultureInfo.InvariantCulture,
                $"The rows are kept, but were not committed within {_options.AnswerTime.TotalSeconds:0.#} s (Serve:Http:AnswerTime). {(key is null ? "They will be; send nothing again." : "Send the same request with the same key again: it is answered once they are, and no row is taken twice.")}"));
        }
        catch (InboxRefusal)
        {
            Interlocked.Increment(ref _refused);
            throw;
        }
        catch (IOException fault) when (DiskFullException.Says(fault))
        {
            throw Refuse(InboxReason.NoSpace, $"The disk of {_work} is full. Free space there, then send the request again.");
        }
    }

    /// <summary>The batches that the next round is to ingest, oldest first; requests that are whole by now make up the last.</summary>
    public IReadOnlyList<InboxBatch> Collect()
    {
        InboxRequest[] requests;
        lock (_gate)
        {
            requests = [.. _waiting];
        }

        if (requests.Length > 0)
        {
            InboxBatch batch = InboxJournal.Write(_work, _next, requests, _disk);
            lock (_gate)
            {
                _waiting.RemoveRange(0, requests.Length);
                _arrived = New();
                _batches.Add(batch);
                _next++;
                _keys.Add(batch, _time.GetUtcNow());
            }
        }

        lock (_gate)
        {
            _keys.Prune();
            return [.. _batches];
        }
    }

    /// <summary>Answers the requests of batches that the pool has committed.</summary>
    public void Commit(IReadOnlyList<InboxBatch> batches)
    {
        foreach (InboxBatch batch in batches)
        {
            List<InboxAnswer> answers = [.. batch.Entries.Select(batch.Answer)];
            if (answers.Exists(a => a.Annotated is not null))
            {
                InboxJournal.Keep(_work, batch.Number, answers);
            }

            lock (_gate)
            {
                _batches.Remove(batch);
                foreach (InboxAnswer answer in answers)
                {
                    if (_open.Remove(answer.Key, out InboxRequest? request))
                    {
                        _room.Leave(request.Bytes);
                        RowsAccepted += answer.Rows;
                        request.Answer.TrySetResult(answer);
                    }
                }
            }
        }
    }

    /// <summary>Takes nothing from now on, and says why; null: takes again.</summary>
    public void Close(string? why) => _room.Close(why);

    private InboxRefusal Refuse(InboxReason reason, string message)
    {
        Interlocked.Increment(ref _refused);
        return new InboxRefusal(reason, message);
    }

    private (InboxRequest Awaited, InboxAnswer? There) Admit(InboxRequest request)
    {
        lock (_gate)
        {
            KnownKey known = default;
            if (!_open.TryGetValue(request.Key, out InboxRequest? earlier) && !_keys.TryGet(request.Key, out known))
            {
                _open[request.Key] = request;
                _waiting.Add(request);
                _room.Fill(request.Bytes);
                _arrived.TrySetResult();
                return (request, null);
            }

            File.Delete(request.Path);
            if ((earlier?.Sha256 ?? known.Sha256) != request.Sha256)
            {
                throw new InboxRefusal(InboxReason.OtherBody, $"The key '{request.Key}' came before with another body. Give each request a key of its own, and the same body under the same key.");
            }

            if (earlier is not null)
            {
                return (earlier, null);
            }

            InboxBatch? pending = _batches.Find(b => b.Number == known.Batch);
            if (pending is not null)
            {
                // Of before a restart, and not committed yet: who asks again waits for that.
                InboxRequest again = request with { Bytes = 0 };
                _open[request.Key] = again;
                return (again, null);
            }

            InboxAnswer there = InboxJournal.Find(_work, known.Batch, request.Key) ?? Recall(known.Batch, request.Key);
            return (request, there with { Repeated = true });
        }
    }

    private InboxAnswer Recall(int number, string key)
    {
        InboxBatch batch = InboxJournal.Read(_work, number);
        return batch.Answer(batch.Entries.First(e => e.Key == key));
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
