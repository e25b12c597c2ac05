namespace Sluice.Diagnostics.Faults;

/// <summary>One fault of a plan: where, what, and at which of the passes.</summary>
/// <param name="Point">Name of the point; a <c>*</c> at its end stands for any rest.</param>
/// <param name="Action">What happens.</param>
/// <param name="Milliseconds">Length of a delay.</param>
/// <param name="IsRandom">Whether the delay is a random one up to that length.</param>
/// <param name="From">1-based pass at which it first fires.</param>
/// <param name="Until">Last pass at which it fires.</param>
/// <param name="Percent">Chance of firing at such a pass, 0 to 100.</param>
internal sealed record FaultRule(string Point, FaultAction Action, int Milliseconds, bool IsRandom, long From, long Until, double Percent)
{
    private long _passes;

    /// <summary>Whether the rule is about a point.</summary>
    public bool Covers(string point) => Point[^1] == '*' ? point.AsSpan().StartsWith(Point.AsSpan(0, Point.Length - 1)) : point == Point;

    /// <summary>Counts a pass and says whether the rule fires at it.</summary>
    /// <param name="chance">A number from 0 up to 100 for this pass.</param>
    /// <param name="pass">1-based number of the pass.</param>
    public bool Fires(Func<double> chance, out long pass)
    {
        pass = Interlocked.Increment(ref _passes);
        return pass >= From && pass <= Until && (Percent >= 100 || chance() < Percent);
    }
}
