namespace Sluice.Benchmarks.Selection;

/// <summary>Size of a similarity filter's problem, and how far rows lie from the direction of their group: at 0.2 most repeat another at 0.9, at 1 none does.</summary>
public sealed record FilterShape(int Rows, int Width, int Groups, float Spread)
{
    public override string ToString() => $"{Rows} x {Width}, {Groups} groups, spread {Spread}";
}
