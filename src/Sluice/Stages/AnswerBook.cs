using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Sluice.Endpoints;
using Sluice.Pool;

namespace Sluice.Stages;

/// <summary>
/// Asks each question once: an answer is kept in the pool's journal the moment it arrives, under the hash of its request, and equal questions wait for one answer. So
/// neither a run cut off nor another condition pays for an answer twice.
/// </summary>
internal sealed class AnswerBook : IDisposable
{
    private readonly EndpointClient _client;
    private readonly EndpointMeter _meter;
    private readonly byte[] _salt;
    private readonly Lazy<AnswerJournal> _journal;
    private readonly ConcurrentDictionary<UInt128, Task<EndpointAnswer>> _asking = new();

    /// <param name="client">Asks.</param>
    /// <param name="meter">Counts what the journal spares.</param>
    /// <param name="salt">What else decides an answer, beside the request: the version that the user gave the model, the call.</param>
    /// <param name="path">The journal; made with the first question.</param>
    public AnswerBook(EndpointClient client, EndpointMeter meter, string salt, string path)
    {
        _client = client;
        _meter = meter;
        _salt = Encoding.UTF8.GetBytes(salt + "\n");
        _journal = new Lazy<AnswerJournal>(() => AnswerJournal.Open(path));
    }

    /// <summary>The answer to a request, from the journal when it is there.</summary>
    public async Task<EndpointAnswer> AskAsync(byte[] body, CancellationToken token)
    {
        UInt128 key = Key(body);
        if (Kept(key) is { } kept)
        {
            return kept;
        }

        TaskCompletionSource<EndpointAnswer> mine = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<EndpointAnswer> first = _asking.GetOrAdd(key, mine.Task);
        if (first != mine.Task)
        {
            EndpointAnswer shared = await first.WaitAsync(token);
            if (shared.Text is not null)
            {
                _meter.Take();
            }

            return shared;
        }

        try
        {
            // It may have been answered between the look and the entry.
            EndpointAnswer answer = Kept(key) ?? await AskAndKeepAsync(key, body, token);
            mine.SetResult(answer);
            return answer;
        }
        catch (Exception fault)
        {
            // Whoever waits for this answer ends with the same fault; where nobody waits, it is seen already.
            mine.SetException(fault);
            _ = mine.Task.Exception;
            throw;
        }
        finally
        {
            _asking.TryRemove(key, out _);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        if (_journal.IsValueCreated)
        {
            _journal.Value.Dispose();
        }
    }

    private async Task<EndpointAnswer> AskAndKeepAsync(UInt128 key, byte[] body, CancellationToken token)
    {
        EndpointAnswer answer = await _client.AskAsync(body, token);
        if (answer.Text is { } text)
        {
            _journal.Value.Append(key, text);
        }

        return answer;
    }

    private EndpointAnswer? Kept(UInt128 key)
    {
        if (_journal.Value.Find(key) is not { } text)
        {
            return null;
        }

        _meter.Take();
        return new EndpointAnswer(text, null);
    }

    private UInt128 Key(byte[] body)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_salt);
        hash.AppendData(body);
        return BinaryPrimitives.ReadUInt128BigEndian(hash.GetHashAndReset());
    }
}
