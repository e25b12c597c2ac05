namespace Sluice.Proportions.Estimation;

/// <summary>A file of measured scores that cannot be estimated from. Holds every mistake found, by line.</summary>
internal sealed class ScoreFileException : Exception
{
    /// <summary>Makes the exception for all mistakes of a file.</summary>
    public ScoreFileException(string file, IReadOnlyList<ScoreFault> faults)
        : base(string.Join(Environment.NewLine, faults.Select(f => Line(file, f)))) => Faults = faults;

    /// <summary>The mistakes, in the order of their lines.</summary>
    public IReadOnlyList<ScoreFault> Faults { get; }

    private static string Line(string file, ScoreFault fault) => fault.Line == 0 ? $"{file}: {fault.Message}" : $"{file}, line {fault.Line}: {fault.Message}";
}
