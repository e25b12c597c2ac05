using System.Text.Json.Serialization;

namespace Sluice.Runs.Inbox;

/// <summary>What became of the rows of a request: all of them are committed.</summary>
/// <param name="Key">The request's key.</param>
/// <param name="File">The batch that holds its rows, as in row ids.</param>
/// <param name="FirstLine">1-based line of its first row there: with <paramref name="File"/> the row's id, <c>file#line</c>.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Annotated">Rows that went through every stage.</param>
/// <param name="Duplicate">Rows that repeat an earlier one, of this request or of the pool.</param>
/// <param name="Rejected">Rows refused.</param>
/// <param name="Rejects">The first of them, with the reason of each.</param>
internal sealed record InboxAnswer(
    string Key, string File, long FirstLine, long Rows, long? Annotated, long? Duplicate, long? Rejected, IReadOnlyList<InboxReject> Rejects)
{
    /// <summary>Whether the request had been sent before, and its rows were not taken again.</summary>
    public bool Repeated { get; init; }
}

/// <summary>A refused row of a request.</summary>
/// <param name="Line">1-based line of the request's body.</param>
/// <param name="Reason">Found, expected and place.</param>
internal sealed record InboxReject([property: JsonPropertyName("line")] long Line, [property: JsonPropertyName("reason")] string Reason);
