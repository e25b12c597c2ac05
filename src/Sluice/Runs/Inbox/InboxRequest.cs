namespace Sluice.Runs.Inbox;

/// <summary>A request whose body is whole and not yet committed.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Sha256">Digest of its body.</param>
/// <param name="Lines">Lines of its body, blank ones included.</param>
/// <param name="Rows">Lines that are not blank.</param>
/// <param name="Bytes">Length of its body.</param>
/// <param name="Path">Where its body lies until it is laid into a batch.</param>
internal sealed record InboxRequest(string Key, string Sha256, long Lines, long Rows, long Bytes, string Path)
{
    /// <summary>Ends once its rows are committed.</summary>
    public TaskCompletionSource<InboxAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
