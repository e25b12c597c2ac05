using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Sluice.Host.Serve;

/// <summary>Where the service's messages go: to standard error, a line each, with the time and the pipeline.</summary>
internal static class ServiceLog
{
    /// <summary>Names of messages begin with this; the pipeline follows.</summary>
    public const string Category = "Sluice";

    private const string Time = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <summary>Makes the log.</summary>
    /// <param name="form"><c>text</c>, <c>json</c> or <c>systemd</c>.</param>
    /// <param name="isQuiet">Whether only warnings are written.</param>
    public static ILoggerFactory Create(string form, bool isQuiet) => LoggerFactory.Create(logs =>
    {
        // What ends a start is said once, as an error of ours, not with a page of the framework's own.
        logs.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddFilter(Category, isQuiet ? LogLevel.Warning : LogLevel.Information);
        logs.Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        switch (form.ToUpperInvariant())
        {
            case "JSON":
                logs.AddJsonConsole(static json => (json.TimestampFormat, json.UseUtcTimestamp) = (Time, true));
                break;
            case "SYSTEMD":
                // The journal has a clock of its own.
                logs.AddSystemdConsole();
                break;
            default:
                logs.AddSimpleConsole(static text => (text.SingleLine, text.TimestampFormat, text.UseUtcTimestamp, text.ColorBehavior) = (true, Time + " ", true, LoggerColorBehavior.Default));
                break;
        }
    });
}
