namespace Sluice.Inference.Difficulty;

/// <summary>What a causal model says of a row's answer; NaN where the row has none that fits.</summary>
/// <param name="Ifd">Instruction-following difficulty: above 1 the instruction does not help at all.</param>
/// <param name="Conditional">Mean loss of the answer's tokens given the instruction, in nats.</param>
/// <param name="Direct">Mean loss of the answer's tokens alone, in nats.</param>
internal readonly record struct RowDifficulty(double Ifd, double Conditional, double Direct)
{
    /// <summary>No score.</summary>
    public static RowDifficulty None { get; } = new(double.NaN, double.NaN, double.NaN);
}
