namespace Sluice.Runs.Inbox;

/// <summary>A line of <c>000012.requests.jsonl</c>: which lines of the batch a request is.</summary>
/// <param name="Key">The request's key.</param>
/// <param name="Sha256">Digest of its body, unpacked, in hexadecimal.</param>
/// <param name="Line">Lines of the batch before its first.</param>
/// <param name="Lines">Its lines, blank ones included.</param>
/// <param name="Rows">Its lines that are not blank.</param>
internal sealed record InboxEntry(string Key, string Sha256, long Line, long Lines, long Rows);
