namespace Sluice.Inference.Answers;

/// <summary>Turns what a graph gives for a row into the numbers that are kept. Safe for use by many threads.</summary>
internal interface IAnswerReader
{
    /// <summary>Numbers kept of a row.</summary>
    int Width { get; }

    /// <summary>Shape of the graph's output for a batch: rows first.</summary>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="tokens">Tokens of a row, padding included.</param>
    long[] Shape(int rows, int tokens);

    /// <summary>Reads a row's answer.</summary>
    /// <param name="answer">The output's numbers of this row, padding included.</param>
    /// <param name="ids">The row's token ids, without padding.</param>
    /// <param name="row">The row's index among those that were tokenised.</param>
    /// <param name="into">Where its <see cref="Width"/> numbers go.</param>
    void Read(ReadOnlySpan<float> answer, ReadOnlySpan<int> ids, int row, Span<float> into);
}
