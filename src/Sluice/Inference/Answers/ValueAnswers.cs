using Sluice.Inference.Manifests;

namespace Sluice.Inference.Answers;

/// <summary>Logits, a score or a vector a row; or a vector a token that is pooled here.</summary>
/// <param name="width">Numbers a row or token.</param>
/// <param name="pooling">How token vectors become one; none when the graph gives one a row.</param>
/// <param name="normalize">Whether the vector is scaled to length 1.</param>
/// <param name="squeezed">Whether the output is [batch] instead of [batch, 1].</param>
internal sealed class ValueAnswers(int width, Pooling pooling, bool normalize, bool squeezed) : IAnswerReader
{
    /// <inheritdoc/>
    public int Width => width;

    /// <inheritdoc/>
    public long[] Shape(int rows, int tokens) => pooling != Pooling.None ? [rows, tokens, width] : squeezed ? [rows] : [rows, width];

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<float> answer, ReadOnlySpan<int> ids, int row, Span<float> into)
    {
        if (pooling == Pooling.None)
        {
            answer.CopyTo(into);
        }
        else
        {
            RowPooling.Pool(pooling, answer, ids.Length, into);
        }

        if (normalize)
        {
            RowPooling.Normalize(into);
        }
    }
}
