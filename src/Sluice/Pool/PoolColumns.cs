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

    /// <summary>The complexity model's score (number).</summary>
    public const string Complexity = "complexity";

    /// <summary>Instruction-following difficulty (number).</summary>
    public const string Ifd = "ifd";

    /// <summary>Mean loss of the answer's tokens given the instruction, in nats (number).</summary>
    public const string LossConditional = "loss_conditional";

    /// <summary>Mean loss of the answer's tokens alone, in nats (number).</summary>
    public const string LossDirect = "loss_direct";

    /// <summary>The embedding (vector).</summary>
    public const string Embedding = "embedding";

    /// <summary>The pool row that this one repeats, or absent (integer).</summary>
    public const string DuplicateOf = "duplicate_of";

    /// <summary>Similarity to that row: 1 for an exact repeat (number).</summary>
    public const string Similarity = "similarity";
}
