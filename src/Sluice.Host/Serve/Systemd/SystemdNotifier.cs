using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Sluice.Host.Serve.Systemd;

/// <summary>
/// Tells systemd how the service is, by datagrams to the socket that <c>NOTIFY_SOCKET</c> names (sd_notify(3), sd_watchdog_enabled(3)); tells nobody where none is named. The
/// registry of packages has no client.
/// </summary>
internal sealed class SystemdNotifier : IDisposable
{
    private readonly Socket? _socket;
    private readonly Action<string> _warn;
    private bool _isWarned;

    /// <param name="variable">Value of an environment variable.</param>
    /// <param name="processId">This process.</param>
    /// <param name="warn">Hears once when the socket cannot be written to.</param>
    public SystemdNotifier(Func<string, string?> variable, int processId, Action<string> warn)
    {
        _warn = warn;
        if (variable("NOTIFY_SOCKET") is { Length: > 1 } address && address[0] is '/' or '@')
        {
            _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            try
            {
                // An abstract address begins with a zero byte, which the environment cannot hold.
                _socket.Connect(new UnixDomainSocketEndPoint(address[0] == '@' ? "\0" + address[1..] : address));
            }
            catch (SocketException fault)
            {
                Warn(fault);
            }
        }

        bool isOurs = variable("WATCHDOG_PID") is not { Length: > 0 } pid || pid == processId.ToString(CultureInfo.InvariantCulture);
        WatchdogInterval = _socket is not null && isOurs && long.TryParse(variable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long micros) && micros > 0
            ? TimeSpan.FromMicroseconds(micros) : null;
    }

    /// <summary>Time after which systemd restarts a service that has not said that it is alive; null when it does not watch.</summary>
    public TimeSpan? WatchdogInterval { get; }

    /// <summary>It has started: its address is open, its models are loaded.</summary>
    public void Ready(string status) => Send($"READY=1\nSTATUS={status}");

    /// <summary>It is alive.</summary>
    public void Alive() => Send("WATCHDOG=1");

    /// <summary>What it is doing, for <c>systemctl status</c>.</summary>
    public void Status(string status) => Send($"STATUS={status}");

    /// <summary>It reads its configuration again; <see cref="Ready"/> ends that.</summary>
    public void Reloading() => Send(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000)}"));

    /// <summary>It ends.</summary>
    public void Stopping() => Send("STOPPING=1");

    /// <inheritdoc/>
    public void Dispose() => _socket?.Dispose();

    private void Send(string message)
    {
        if (_socket is null)
        {
            return;
        }

        try
        {
            _socket.Send(Encoding.UTF8.GetBytes(message));
        }
        catch (SocketException fault)
        {
            Warn(fault);
        }
    }

    private void Warn(SocketException fault)
    {
        if (!_isWarned)
        {
            _isWarned = true;
            _warn($"systemd cannot be told how the service is: {fault.Message} (NOTIFY_SOCKET).");
        }
    }
}
