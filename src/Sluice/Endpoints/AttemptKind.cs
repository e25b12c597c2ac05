namespace Sluice.Endpoints;

/// <summary>How one request ended.</summary>
internal enum AttemptKind
{
    /// <summary>With an answer.</summary>
    Answered,

    /// <summary>With a fault that another attempt may not meet.</summary>
    Failed,

    /// <summary>With "not now": the server wants fewer requests.</summary>
    Throttled,

    /// <summary>With a refusal of this very question, such as one that is too long.</summary>
    Refused,
}
