using System.ComponentModel.DataAnnotations;

namespace Sluice.Host.Serve;

/// <summary>The hosted service: section <c>Serve</c>. What is about one pipeline may stand in its file.</summary>
public sealed class ServeOptions
{
    /// <summary>Name of the section in appsettings.</summary>
    public const string SectionName = "Serve";

    /// <summary>Pipeline file to host; empty, with <see cref="Pipelines"/> empty too: sources and recipe stand in appsettings itself. <c>sluice serve</c> takes it as an argument too.</summary>
    public string Pipeline { get; init; } = "";

    /// <summary>Several pipeline files to host side by side; models that they share are loaded once. Default none.</summary>
    public IReadOnlyList<string> Pipelines { get; init; } = [];

    /// <summary>Time between two looks at the sources and at the configuration. Default 00:00:02.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "1.00:00:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a file must keep its size and date before it is read: a half-written file is never ingested. Default 00:00:02.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Rounds that may fail in a row before a pipeline is given up; when none is left the service ends with exit code 1. Default 5.</summary>
    [Range(1, 1000000)]
    public int MaxFailures { get; init; } = 5;

    /// <summary>Bytes of input files that one round takes at most, a larger file alone: rows over HTTP come in between two rounds. Default 64 MiB.</summary>
    [Range(1, 1099511627776)]
    public long RoundBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Shortest time between two commits of rows over HTTP: requests that come in between share one. Each commit is a segment of the pool, so that a longer time keeps the pool in fewer pieces. Default 00:00:01.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan CommitInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether a selection is made once new rows are in. Others are made when asked for or as scheduled. Default true.</summary>
    public bool SelectAfterIngest { get; init; } = true;

    /// <summary>Shortest time between two selections that new rows ask for, counted from the end of the last. Default 00:00:10.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "10.00:00:00")]
    public TimeSpan SelectInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between two scheduled selections; zero: none. Default 00:00:00.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan SelectEvery { get; init; }

    /// <summary>Time of day, UTC, of a daily selection, such as <c>03:30</c>; empty: none. Default empty.</summary>
    [RegularExpression("^$|^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    public string SelectAt { get; init; } = "";

    /// <summary>How messages are written to standard error: <c>text</c>, <c>json</c> (an object a line) or <c>systemd</c> (with the journal's priorities). Default text.</summary>
    [RegularExpression("(?i)^(text|json|systemd)$")]
    public string Log { get; init; } = "text";

    /// <summary>The page, rows over HTTP, health and metrics.</summary>
    public HttpOptions Http { get; init; } = new();
}
