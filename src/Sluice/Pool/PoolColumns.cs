namespace Sluice.Pool;

/// <summary>Fixed names of columns.</summary>
public static class PoolColumns
{
    /// <summary>The primary category (text).</summary>
    public const string Category = "category";

    /// <summary>All tags (list of texts).</summary>
    public const string Tags = "tags";

    /// <summary>The quality model's score (number).</summary>
    public const string Quality = "quality";

    /// <summary>The embedding (vector).</summary>
    public const string Embedding = "embedding";

    /// <summary>The pool row that this one repeats, or absent (integer).</summary>
    public const string DuplicateOf = "duplicate_of";

    /// <summary>Similarity to that row: 1 for an exact repeat (number).</summary>
    public const string Similarity = "similarity";
}
