namespace Sluice.Inference.Answers;

/// <summary>
/// The expectation of the answers' values over the softmax of their logits after the last token: sum_k v_k exp(z_k) / sum_k exp(z_k)
/// (Deita, arXiv 2312.15685, <c>selection/scorer</c>: the digits 1 to 6). Every answer's logit is read, so no constant ever stands in for one.
/// </summary>
/// <param name="ids">Token ids of the answers.</param>
/// <param name="values">What each is worth.</param>
/// <param name="vocabulary">Width of the logits.</param>
/// <param name="everyToken">Whether the output has logits for every token ([batch, tokens, vocabulary]) or for the last alone ([batch, vocabulary]).</param>
internal sealed class TokenProbabilityAnswers(int[] ids, double[] values, int vocabulary, bool everyToken) : IAnswerReader
{
    /// <inheritdoc/>
    public int Width => 1;

    /// <inheritdoc/>
    public long[] Shape(int rows, int tokens) => everyToken ? [rows, tokens, vocabulary] : [rows, vocabulary];

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<float> answer, ReadOnlySpan<int> tokens, int row, Span<float> into)
    {
        ReadOnlySpan<float> logits = everyToken ? answer.Slice(Math.Max(0, tokens.Length - 1) * vocabulary, vocabulary) : answer;
        double highest = double.NegativeInfinity;
        foreach (int id in ids)
        {
            highest = Math.Max(highest, logits[id]);
        }

        double sum = 0;
        double expectation = 0;
        for (int i = 0; i < ids.Length; i++)
        {
            double weight = Math.Exp(logits[ids[i]] - highest);
            sum += weight;
            expectation += weight * values[i];
        }

        into[0] = (float)(expectation / sum);
    }
}
