using System.Globalization;
using Sluice.Runs.Forecast;

namespace Sluice.Runs.Inbox;

/// <summary>Lets requests in while what is received and not committed stays under its bound: one that finds no room waits for some, and is turned away when none comes.</summary>
internal sealed class InboxRoom(string work, InboxOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _left = New();
    private string? _closed;
    private long _bytes;

    /// <summary>Bytes received and not committed.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>A request is whole.</summary>
    public void Fill(long bytes) => Interlocked.Add(ref _bytes, bytes);

    /// <summary>A request is committed.</summary>
    public void Leave(long bytes)
    {
        Interlocked.Add(ref _bytes, -bytes);
        Wake();
    }

    /// <summary>Lets nobody in from now on, and says why; null: lets in again.</summary>
    public void Close(string? why)
    {
        lock (_gate)
        {
            _closed = why;
        }

        Wake();
    }

    /// <summary>Waits until a request may be taken. Throws <see cref="InboxRefusal"/> when it may not. The bound is one on what waits already: each that is under way may pass it by its own length.</summary>
    public async Task EnterAsync(CancellationToken token)
    {
        long started = time.GetTimestamp();
        while (true)
        {
            Task left;
            lock (_gate)
            {
                if (_closed is { } why)
                {
                    throw new InboxRefusal(InboxReason.Closed, why);
                }

                left = _left.Task;
            }

            if (MachineRoom.DiskFree(work) is long free && free < options.MinFreeBytes)
            {
                throw new InboxRefusal(InboxReason.NoSpace, string.Create(CultureInfo.InvariantCulture,
                    $"Found {free:N0} bytes free on the disk of {work}, expected at least {options.MinFreeBytes:N0} (Serve:Http:MinFreeBytes). Free space there, then send the request again."));
            }

            if (Bytes < options.MaxPendingBytes)
            {
                return;
            }

            TimeSpan rest = options.RoomTime - time.GetElapsedTime(started);
            if (rest <= TimeSpan.Zero)
            {
                throw new InboxRefusal(InboxReason.Full, string.Create(CultureInfo.InvariantCulture,
                    $"{Bytes:N0} bytes are waiting for their commit, expected less than {options.MaxPendingBytes:N0} (Serve:Http:MaxPendingBytes). Send the request again later."));
            }

            try
            {
                await left.WaitAsync(rest, time, token);
            }
            catch (TimeoutException)
            {
                // Looked at once more above.
            }
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            _left.TrySetResult();
            _left = New();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
