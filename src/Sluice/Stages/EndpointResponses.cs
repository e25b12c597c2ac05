using Sluice.Endpoints;
using Sluice.Records;

namespace Sluice.Stages;

/// <summary>A served model's answer to each row's question.</summary>
/// <param name="writer">Writes the requests.</param>
/// <param name="book">Asks them, each once.</param>
/// <param name="concurrency">Requests at once at most.</param>
/// <param name="identity">Model and version, for people who read fingerprints.</param>
/// <param name="strip">Taken off the end of an answer.</param>
internal sealed class EndpointResponses(RequestWriter writer, AnswerBook book, int concurrency, string identity, string strip) : IRowValues<string>
{
    /// <inheritdoc/>
    public int Concurrency => concurrency;

    /// <inheritdoc/>
    public string Fingerprint { get; } = $"{identity} {writer.Fingerprint}{Suffix.Mark(strip)}";

    /// <inheritdoc/>
    public async ValueTask<RowValue<string>> OfAsync(Sample row, CancellationToken token)
    {
        if (Question.Of(row) is not { } question)
        {
            return default;
        }

        EndpointAnswer answer = await book.AskAsync(writer.Write(question.Sample), token);
        return new RowValue<string>(answer.Text is null ? null : Suffix.Strip(answer.Text, strip), answer.Failure);
    }
}
