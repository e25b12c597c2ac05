namespace Sluice.Records;

/// <summary>A parsed row: its original bytes and the conversation found in them. One that was parsed for a batch is used again once that is released.</summary>
public sealed class Sample
{
    /// <summary>Creates a sample of its own.</summary>
    /// <param name="origin">Where the row was read.</param>
    /// <param name="raw">The row's JSON object on one line, every original field untouched.</param>
    /// <param name="turns">At least one turn, in order.</param>
    /// <param name="instruction">The bare instruction: Alpaca's <c>instruction</c> without its input; else the first user turn.</param>
    public Sample(RowOrigin origin, ReadOnlyMemory<byte> raw, Turn[] turns, Utf8Text instruction) => Set(origin, raw, turns, instruction);

    /// <inheritdoc cref="Sample(RowOrigin, ReadOnlyMemory{byte}, Turn[], Utf8Text)"/>
    public Sample(RowOrigin origin, ReadOnlyMemory<byte> raw, ArraySegment<Turn> turns, Utf8Text instruction) => Set(origin, raw, turns, instruction);

    /// <summary>Creates one to be set.</summary>
    internal Sample()
    {
    }

    /// <summary>Where the row was read.</summary>
    public RowOrigin Origin { get; private set; }

    /// <summary>The row's JSON object on one line, as UTF-8.</summary>
    public ReadOnlyMemory<byte> Raw { get; private set; }

    /// <summary>The conversation, at least one turn. Alpaca's input stands in the user turn after a line break.</summary>
    public ArraySegment<Turn> Turns { get; private set; }

    /// <summary>The bare instruction, without Alpaca's input: what MoDS embeds.</summary>
    public Utf8Text Instruction { get; private set; }

    /// <summary>0-based position in the pool, in source order; -1 until the exact-dedup stage has numbered it.</summary>
    public long Row { get; set; }

    /// <summary>The row this one repeats, or -1.</summary>
    public long DuplicateOf { get; set; }

    /// <summary>Similarity to <see cref="DuplicateOf"/>: 1 for an exact repeat, the Jaccard index for a near one; NaN when there is none.</summary>
    public float Similarity { get; set; }

    /// <summary>Whether the row repeats an earlier one by its normalised content, not only nearly.</summary>
    public bool IsExactDuplicate { get; set; }

    /// <summary>Whether the row repeats an earlier one.</summary>
    public bool IsDuplicate => DuplicateOf >= 0;

    /// <summary>128-bit hash of the normalised content; set by parsing, used by exact dedup.</summary>
    public UInt128 ContentHash { get; set; }

    /// <summary>0-based index of the last turn of a role; -1 when there is none.</summary>
    public int LastTurnOf(Role role)
    {
        int last = Turns.Count - 1;
        while (last >= 0 && Turns[last].Role != role)
        {
            last--;
        }

        return last;
    }

    /// <summary>Makes another row's sample of this one.</summary>
    internal void Set(RowOrigin origin, ReadOnlyMemory<byte> raw, ArraySegment<Turn> turns, Utf8Text instruction)
    {
        Origin = origin;
        Raw = raw;
        Turns = turns;
        Instruction = instruction;
        Row = -1;
        DuplicateOf = -1;
        Similarity = float.NaN;
        IsExactDuplicate = false;
        ContentHash = default;
    }
}
