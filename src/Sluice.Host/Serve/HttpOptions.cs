using System.ComponentModel.DataAnnotations;
using Sluice.Runs.Inbox;

namespace Sluice.Host.Serve;

/// <summary>What the service offers over HTTP: section <c>Serve:Http</c>. Read once, at the start.</summary>
public sealed class HttpOptions : InboxOptions
{
    /// <summary>Whether it listens at all. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Address to listen on, <c>http://HOST:PORT</c>; port 0 takes a free one and says which. One that others can reach needs a token. TLS is a reverse proxy's. Default http://127.0.0.1:8420.</summary>
    public string Url { get; init; } = "http://127.0.0.1:8420";

    /// <summary>File whose first line is the bearer token that every request but the page's own files and health must bear. Default empty: none.</summary>
    public string TokenFile { get; init; } = "";

    /// <summary>Name of the environment variable that holds the token. Default empty: none.</summary>
    public string TokenVariable { get; init; } = "";

    /// <summary>Names under which the service is reached, beside those of its own address: what a reverse proxy passes on as Host. Default none.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Requests with rows that are taken at once; others are turned away with 429. Default 64.</summary>
    [Range(1, 65536)]
    public int MaxRequests { get; init; } = 64;

    /// <summary>Requests a second that one address may make on average, over ten seconds; 0: any number. Default 100.</summary>
    [Range(0, 1000000)]
    public int RequestsPerSecond { get; init; } = 100;
}
