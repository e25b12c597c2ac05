namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>Takes pieces of text one after another.</summary>
internal interface IPieceTaker
{
    /// <summary>
    /// Takes a piece that is not empty; <paramref name="first"/> when it starts where the text starts. False means that no further piece is wanted.
    /// </summary>
    bool Take(ReadOnlySpan<char> piece, bool first, EncodeState state);
}
