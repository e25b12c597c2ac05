namespace Sluice.Endpoints;

/// <summary>Where and how one stage asks.</summary>
internal sealed record EndpointSettings
{
    /// <summary>Section of the options, for messages that name what to change, such as <c>Stages:Respond</c>.</summary>
    public required string Section { get; init; }

    /// <summary>Base address, such as <c>http://localhost:8000/v1</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>The call.</summary>
    public required EndpointApi Api { get; init; }

    /// <summary>The model's name as the server knows it.</summary>
    public required string Model { get; init; }

    /// <summary>Sent as bearer token; null sends none. Never shown: it is cut out of whatever a server says.</summary>
    public string? Key { get; init; }

    /// <summary>Most tokens of an answer; 0 leaves it to the server.</summary>
    public int MaxTokens { get; init; }

    /// <summary>Sampling temperature; null leaves it to the server.</summary>
    public double? Temperature { get; init; }

    /// <summary>Sampling seed; null sends none.</summary>
    public int? Seed { get; init; }

    /// <summary>Requests at once at most.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Time after which one request is given up.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Further attempts after a failed one.</summary>
    public required int Retries { get; init; }

    /// <summary>Further attempts after being told to wait.</summary>
    public required int MaxThrottles { get; init; }
}
