namespace Sluice.Benchmarks.Selection;

/// <summary>Size of a k-center problem.</summary>
public sealed record KCenterShape(int Rows, int Width, int Picks)
{
    public override string ToString() => $"{Rows} x {Width}, k {Picks}";
}
