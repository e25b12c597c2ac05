namespace Sluice.Benchmarks.Selection;

/// <summary>Size of a similarity filter's problem.</summary>
public sealed record FilterShape(int Rows, int Width, int Groups)
{
    public override string ToString() => $"{Rows} x {Width}, {Groups} groups";
}
