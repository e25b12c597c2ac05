namespace Sluice.Runs.Inbox;

/// <summary>Why a request is turned away.</summary>
internal enum InboxReason
{
    /// <summary>Its body holds no row.</summary>
    Empty,

    /// <summary>Its body is larger than allowed.</summary>
    TooLarge,

    /// <summary>Its key came before with another body.</summary>
    OtherBody,

    /// <summary>Too much is waiting for its commit.</summary>
    Full,

    /// <summary>The disk has too little room.</summary>
    NoSpace,

    /// <summary>Nothing is taken any more: the service stops, or the pipeline has failed.</summary>
    Closed,

    /// <summary>Its rows are kept but not committed yet.</summary>
    Late,
}

/// <summary>A request that is turned away, with what to do.</summary>
internal sealed class InboxRefusal(InboxReason reason, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public InboxReason Reason => reason;
}
