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

    /// <summary>What a model answered to the row's question (text): absent where it was not asked or failed.</summary>
    public const string Response = "response";

    /// <summary>The quality of <see cref="Response"/> (number): the lower, the more the row is needed (MoDS, arXiv 2311.15653).</summary>
    public const string Necessity = "necessity";

    /// <summary>Tags that a model gave freely (list of texts): InsTag, arXiv 2308.07074.</summary>
    public const string OpenTags = "open_tags";

    /// <summary>The dominant script of the row's text, an ISO 15924 code such as Latn or Hani (text).</summary>
    public const string Script = "script";

    /// <summary>The label of the file that the row was read from, or the file's name (text): no column of its own, made from the plan.</summary>
    public const string Source = "source";

    /// <summary>The pool row that this one repeats, or absent (integer).</summary>
    public const string DuplicateOf = "duplicate_of";

    /// <summary>Similarity to that row: 1 for an exact repeat (number).</summary>
    public const string Similarity = "similarity";
}
