namespace Sluice.Records;

/// <summary>A parsed row: its original bytes and the conversation found in them.</summary>
public sealed class Sample
{
    /// <summary>Creates a sample.</summary>
    /// <param name="origin">Where the row was read.</param>
    /// <param name="raw">The row's JSON object on one line, every original field untouched.</param>
    /// <param name="turns">At least one turn, in order.</param>
    /// <param name="instruction">The bare instruction: Alpaca's <c>instruction</c> without its input; else the first user turn.</param>
    public Sample(RowOrigin origin, ReadOnlyMemory<byte> raw, Turn[] turns, Utf8Text instruction)
    {
        Origin = origin;
        Raw = raw;
        Turns = turns;
        Instruction = instruction;
    }

    /// <summary>Where the row was read.</summary>
    public RowOrigin Origin { get; }

    /// <summary>The row's JSON object on one line, as</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>The conversation, at least one turn. Alpaca's input stands in the user turn after a line break.</summary>
    public Turn[] Turns { get; }

    /// <summary>The bare instruction, without Alpaca's input: what MoDS embeds.</summary>
    public Utf8Text Instruction { get; }

    /// <summary>0-based position in the pool, in source order; -1 until the exact-dedup stage has numbered it.</summary>
    public long Row { get; set; } = -1;

    /// <summary>The row this one repeats, or -1.</summary>
    public long DuplicateOf { get; set; } = -1;

    /// <summary>Similarity to <see cref="DuplicateOf"/>: 1 for an exact repeat, the Jaccard index for a near one; NaN when there is none.</summary>
    public float Similarity { get; set; } = float.NaN;

    /// <summary>Whether the row repeats an earlier one by its normalised content, not only nearly.</summary>
    public bool IsExactDuplicate { get; set; }

    /// <summary>Whether the row repeats an earlier one.</summary>
    public bool IsDuplicate => DuplicateOf >= 0;

    /// <summary>128-bit hash of the normalised content; set by parsing, used by exact dedup.</summary>
    public UInt128 ContentHash { get; set; }
}
