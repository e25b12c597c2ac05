using Sluice.Host.Cli;
using Sluice.Runs;

namespace Sluice.Host.Display;

/// <summary>Chooses how a verb speaks: live on a terminal, plain lines when piped, JSON lines or nothing when asked.</summary>
internal static class DisplayChoice
{
    public static IRunDisplay Create(CommonValues values) =>
        values.Json ? new JsonDisplay(Console.Error, TimeProvider.System)
        : values.Quiet ? new QuietDisplay(Console.Error)
        : Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb" ? new PlainDisplay(Console.Error, TimeProvider.System)
        : new LiveDisplay();
}
