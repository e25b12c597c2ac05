using System.Buffers;
using Sluice.Inference.Tokenization;

namespace Sluice.Inference;

/// <summary>
/// The token ids of many rows, one after another in rented arrays. It may lie in <see cref="Records.RowBatch.Scratch"/> for other models; whoever ends the
/// batch may dispose it, which gives the arrays back (forgetting that costs garbage, nothing else).
/// </summary>
internal sealed class TokenizedRows : IDisposable
{
    private readonly int[] _starts;
    private readonly int[] _lengths;
    private int[] _ids;
    private byte[] _types;

    /// <summary>Copies what was tokenised.</summary>
    /// <param name="tokens">The tokens of all rows in row order.</param>
    /// <param name="lengths">Tokens of each row; -1 for a row that was left out.</param>
    public TokenizedRows(TokenBuffer tokens, int[] lengths)
    {
        _lengths = lengths;
        _starts = new int[lengths.Length];
        int at = 0;
        for (int row = 0; row < lengths.Length; row++)
        {
            _starts[row] = at;
            at += Math.Max(0, lengths[row]);
        }

        _ids = ArrayPool<int>.Shared.Rent(at);
        _types = ArrayPool<byte>.Shared.Rent(at);
        tokens.Ids[..at].CopyTo(_ids);
        tokens.Types[..at].CopyTo(_types);
    }

    /// <summary>Tokens of each row; -1 for a row that was left out.</summary>
    public ReadOnlySpan<int> Lengths => _lengths;

    /// <summary>Tokens of a row.</summary>
    public int LengthOf(int row) => _lengths[row];

    /// <summary>The ids of a row.</summary>
    public ReadOnlySpan<int> IdsOf(int row) => _ids.AsSpan(_starts[row], _lengths[row]);

    /// <summary>The segment ids of a row.</summary>
    public ReadOnlySpan<byte> TypesOf(int row) => _types.AsSpan(_starts[row], _lengths[row]);

    /// <summary>Gives the arrays back; the rows read as an error from then on.</summary>
    public void Dispose()
    {
        (int[] ids, byte[] types) = (_ids, _types);
        (_ids, _types) = ([], []);
        ArrayPool<int>.Shared.Return(ids);
        ArrayPool<byte>.Shared.Return(types);
    }
}
