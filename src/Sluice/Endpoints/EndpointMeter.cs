namespace Sluice.Endpoints;

/// <summary>What one asking stage has done so far. Read by the display while the flow runs.</summary>
public sealed class EndpointMeter
{
    private long _asked;
    private long _answered;
    private long _failed;
    private long _fromJournal;
    private long _fromFile;
    private long _retried;
    private long _throttled;
    private long _promptTokens;
    private long _completionTokens;

    internal EndpointMeter(string name) => Name = name;

    /// <summary>The stage's name.</summary>
    public string Name { get; }

    /// <summary>Questions sent, each counted once however often it was tried.</summary>
    public long Asked => Interlocked.Read(ref _asked);

    /// <summary>Questions that the server answered.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Questions given up after their last attempt.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Answers that needed no question: an earlier run, or an equal question of this one, had got them.</summary>
    public long FromJournal => Interlocked.Read(ref _fromJournal);

    /// <summary>Answers read from a file.</summary>
    public long FromFile => Interlocked.Read(ref _fromFile);

    /// <summary>Attempts made again after a failed one.</summary>
    public long Retried => Interlocked.Read(ref _retried);

    /// <summary>Attempts made again after the server wanted fewer requests.</summary>
    public long Throttled => Interlocked.Read(ref _throttled);

    /// <summary>Tokens read by the server, by its own account; 0 when it gives none.</summary>
    public long PromptTokens => Interlocked.Read(ref _promptTokens);

    /// <summary>Tokens written by the server, by its own account; 0 when it gives none.</summary>
    public long CompletionTokens => Interlocked.Read(ref _completionTokens);

    internal void Ask() => Interlocked.Increment(ref _asked);

    internal void Take() => Interlocked.Increment(ref _fromJournal);

    internal void Read() => Interlocked.Increment(ref _fromFile);

    internal void Retry() => Interlocked.Increment(ref _retried);

    internal void Throttle() => Interlocked.Increment(ref _throttled);

    internal void Fail() => Interlocked.Increment(ref _failed);

    internal void Answer(long promptTokens, long completionTokens)
    {
        Interlocked.Increment(ref _answered);
        Interlocked.Add(ref _promptTokens, promptTokens);
        Interlocked.Add(ref _completionTokens, completionTokens);
    }
}
