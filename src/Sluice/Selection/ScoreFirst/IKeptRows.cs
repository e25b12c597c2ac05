namespace Sluice.Selection.ScoreFirst;

/// <summary>The rows kept so far under one measure, and the block of rows being judged. Vectors of zeros measure nothing: they neither block nor are blocked.</summary>
internal interface IKeptRows
{
    /// <summary>Takes a block of rows and holds each against the rows kept before it, as far as the first that is above the limit.</summary>
    void Begin(IVectorRows rows, int from, Verdict[] verdicts, CancellationToken token);

    /// <summary>Whether a row of the block is a vector of zeros.</summary>
    bool IsZero(int row);

    /// <summary>Whether a row of the block measures above the limit against another one of it; notes the measure where <paramref name="note"/>.</summary>
    bool IsAbove(int row, int other, bool note, ref Verdict verdict);

    /// <summary>Keeps a row of the block; gives its highest measure, exactly.</summary>
    float Keep(int row, int place, in Verdict verdict);
}
