using Sluice.Endpoints;
using Sluice.Records;

namespace Sluice.Stages;

/// <summary>
/// Tags that a served model gives each query of a row, as InsTag tags them: each user turn on its own, the row's tags being all of theirs, each once, in the order
/// of their first appearance (arXiv 2308.07074; prompt of InsTagger). A row with one query that cannot be read has none: a part would pass for a simple row.
/// </summary>
/// <param name="writer">Writes the requests.</param>
/// <param name="book">Asks them, each once.</param>
/// <param name="concurrency">Requests at once at most.</param>
/// <param name="identity">Model and version, for people who read fingerprints.</param>
internal sealed class EndpointTags(RequestWriter writer, AnswerBook book, int concurrency, string identity) : IRowValues<string[]>
{
    private const string Prompt =
        "Please identify tags of user intentions in the following user query and provide an explanation for each tag. Please respond in the JSON format {\"tag\": str, \"explanation\": str}.\nUser query: ";

    /// <inheritdoc/>
    public int Concurrency => concurrency;

    /// <inheritdoc/>
    public string Fingerprint { get; } = $"{identity} {writer.Fingerprint}";

    /// <inheritdoc/>
    public async ValueTask<RowValue<string[]>> OfAsync(Sample row, CancellationToken token)
    {
        List<string> tags = [];
        bool isAsked = false;
        foreach (Turn turn in row.Turns.Where(turn => turn.Role == Role.User && !turn.Text.IsBlank))
        {
            isAsked = true;
            var prompt = Utf8Text.Of(Prompt + turn.Text);
            EndpointAnswer answer = await book.AskAsync(writer.Write(new Sample(row.Origin, row.Raw, [new Turn(Role.User, prompt)], prompt)), token);
            if (answer.Text is null)
            {
                return new RowValue<string[]>(null, answer.Failure);
            }

            RowValue<string[]> read = TagList.Read(answer.Text);
            if (read.Value is null)
            {
                return read;
            }

            tags.AddRange(read.Value);
        }

        return new RowValue<string[]>(isAsked ? [.. tags.Distinct(StringComparer.Ordinal)] : null, null);
    }
}
