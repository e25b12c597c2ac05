using System.ComponentModel.DataAnnotations;

namespace Sluice.Runs.Inbox;

/// <summary>How much a service takes over HTTP before it asks senders to wait: section <c>Serve:Http</c> holds these among its own.</summary>
public abstract class InboxOptions
{
    /// <summary>Bytes of one request at most, unpacked. Default 64 MiB.</summary>
    [Range(1024, 1099511627776)]
    public long MaxBodyBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Bytes received and not committed yet, over which a pipeline takes no further request for now. Default 256 MiB.</summary>
    [Range(1024, 1099511627776)]
    public long MaxPendingBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>How long a request waits for room before it is turned away with 429: short floods slow senders down, long ones turn them away. Default 00:00:05.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RoomTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a request waits for its commit before it is answered 503, to ask again with the same key. Default 00:02:00.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan AnswerTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a key is known: the same request sent again within it is answered without taking its rows twice. Default 7.00:00:00.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan KeyRetention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Free bytes of the work directory's disk below which nothing more is taken. Default 256 MiB.</summary>
    [Range(0, 1099511627776)]
    public long MinFreeBytes { get; init; } = 256L * 1024 * 1024;
}
