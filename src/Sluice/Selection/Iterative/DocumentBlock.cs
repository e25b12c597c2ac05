namespace Sluice.Selection.Iterative;

/// <summary>Some thousand consecutive documents as numbers: at each word its own, and those of the two and three words that begin there.</summary>
/// <param name="first">0-based number of the first document.</param>
/// <param name="starts">Where each document begins, and the end of the last.</param>
/// <param name="words">The words.</param>
internal sealed class DocumentBlock(int first, int[] starts, int[] words)
{
    /// <summary>0-based number of the first document.</summary>
    public int First => first;

    /// <summary>Documents in the block.</summary>
    public int Count => starts.Length - 1;

    /// <summary>Numbers of the words.</summary>
    public int[] Words => words;

    /// <summary>Numbers of the pairs of words by their first; 0 for a pair that no other document holds, and where a document has no second word.</summary>
    public int[] Pairs { get; } = new int[words.Length];

    /// <summary>Numbers of the triples of words by their first; 0 likewise.</summary>
    public int[] Triples { get; } = new int[words.Length];

    /// <summary>Place of a document's first word.</summary>
    public int Start(int index) => starts[index];

    /// <summary>Place behind a document's last word.</summary>
    public int End(int index) => starts[index + 1];
}
