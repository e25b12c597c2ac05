using System.ComponentModel.DataAnnotations;

namespace Sluice.Host.Serve;

/// <summary>The hosted service: section <c>Serve</c>.</summary>
public sealed class ServeOptions
{
    /// <summary>Name of the section in appsettings.</summary>
    public const string SectionName = "Serve";

    /// <summary>Pipeline file to host; empty: sources and recipe stand in appsettings itself. <c>sluice serve</c> takes it as an argument too.</summary>
    public string Pipeline { get; init; } = "";

    /// <summary>Time between two looks at the sources. Default 00:00:02.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "1.00:00:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a file must keep its size and date before it is read: a half-written file is never ingested. Default 00:00:02.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Rounds that may fail in a row before the service gives up with exit code 1. Default 5.</summary>
    [Range(1, 1000000)]
    public int MaxFailures { get; init; } = 5;
}
