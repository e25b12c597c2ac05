using System.Numerics.Tensors;
using Sluice.Inference.Manifests;

namespace Sluice.Inference.Answers;

/// <summary>The mean loss of a row's tokens within given spans: minus the natural logarithm of a token's probability given those before it.</summary>
/// <param name="kind">Losses, or the logits they are made from.</param>
/// <param name="vocabulary">Width of the logits; 1 for losses.</param>
/// <param name="spans">For each row the spans [start, end) of token positions; the token at 0 has nothing before it and never counts.</param>
internal sealed class LossAnswers(OutputKind kind, int vocabulary, IReadOnlyList<TokenSpan[]> spans) : IAnswerReader
{
    /// <inheritdoc/>
    public int Width => 1;

    /// <inheritdoc/>
    public long[] Shape(int rows, int tokens) => kind == OutputKind.Losses ? [rows, tokens] : [rows, tokens, vocabulary];

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<float> answer, ReadOnlySpan<int> ids, int row, Span<float> into)
    {
        double sum = 0;
        int count = 0;
        foreach (TokenSpan span in spans[row])
        {
            int end = Math.Min(span.End, ids.Length);
            for (int at = Math.Max(1, span.Start); at < end; at++)
            {
                sum += kind == OutputKind.Losses ? answer[at] : Loss(answer.Slice((at - 1) * vocabulary, vocabulary), ids[at]);
                count++;
            }
        }

        into[0] = (float)(sum / count);
    }

    /// <summary>logsumexp(z) - z[id], the largest logit taken out first.</summary>
    private static double Loss(ReadOnlySpan<float> logits, int id)
    {
        float highest = TensorPrimitives.Max(logits);
        double sum = 0;
        Span<float> part = stackalloc float[512];
        // In parts: a vocabulary of 150,000 does not fit the stack, and float sums of that many terms lose digits.
        for (int start = 0; start < logits.Length; start += part.Length)
        {
            Span<float> these = part[..Math.Min(part.Length, logits.Length - start)];
            TensorPrimitives.Subtract(logits.Slice(start, these.Length), highest, these);
            TensorPrimitives.Exp(these, these);
            sum += TensorPrimitives.Sum<float>(these);
        }

        return Math.Log(sum) + highest - logits[id];
    }
}
