namespace Sluice.Selection.FacilityLocation;

/// <summary>A row that another one can still serve, and its shortfall to it.</summary>
internal readonly record struct Near(int Row, float Shortfall);
