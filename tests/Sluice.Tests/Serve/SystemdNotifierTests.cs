using System.Net.Sockets;
using System.Text;
using Sluice.Host.Serve.Systemd;

namespace Sluice.Tests.Serve;

public sealed class SystemdNotifierTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Messages_ReachTheSocket(bool isAbstract)
    {
        using TemporaryFolder folder = new();
        string name = isAbstract ? $"@sluice-test-{Guid.NewGuid():N}" : folder["notify"];
        using Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };
        manager.Bind(new UnixDomainSocketEndPoint(isAbstract ? "\0" + name[1..] : name));
        using SystemdNotifier notifier = new(v => v switch { "NOTIFY_SOCKET" => name, "WATCHDOG_USEC" => "20000000", "WATCHDOG_PID" => "7", _ => null }, 7, Assert.Fail);
        Assert.Equal(TimeSpan.FromSeconds(20), notifier.WatchdogInterval);

        notifier.Ready("two rows");
        notifier.Alive();
        notifier.Stopping();
        notifier.Reloading();

        Assert.Equal("READY=1\nSTATUS=two rows", Receive(manager));
        Assert.Equal("WATCHDOG=1", Receive(manager));
        Assert.Equal("STOPPING=1", Receive(manager));
        Assert.Matches("^RELOADING=1\nMONOTONIC_USEC=[0-9]+$", Receive(manager));
    }

    [Fact]
    public void NoManager_NothingIsSentAndNobodyWarned()
    {
        using SystemdNotifier notifier = new(static _ => null, 7, Assert.Fail);
        Assert.Null(notifier.WatchdogInterval);
        notifier.Ready("");
        notifier.Stopping();
    }

    [Fact]
    public void AnothersWatchdog_IsNotOurs()
    {
        using SystemdNotifier notifier = new(static v => v switch { "NOTIFY_SOCKET" => "/nowhere/notify", "WATCHDOG_USEC" => "20000000", "WATCHDOG_PID" => "8", _ => null }, 7, static _ => { });
        Assert.Null(notifier.WatchdogInterval);
    }

    [Fact]
    public void SocketThatIsGone_IsSaidOnce()
    {
        List<string> said = [];
        using SystemdNotifier notifier = new(static v => v == "NOTIFY_SOCKET" ? "/nowhere/notify" : null, 7, said.Add);
        notifier.Ready("");
        notifier.Alive();
        Assert.Contains("NOTIFY_SOCKET", Assert.Single(said), StringComparison.Ordinal);
    }

    private static string Receive(Socket from)
    {
        byte[] buffer = new byte[1024];
        return Encoding.UTF8.GetString(buffer, 0, from.Receive(buffer));
    }
}
