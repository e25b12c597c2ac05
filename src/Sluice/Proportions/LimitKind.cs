namespace Sluice.Proportions;

/// <summary>Which option a <see cref="ShareLimit"/> comes from.</summary>
internal enum LimitKind
{
    /// <summary>Total variation between the shares and the importance.</summary>
    Shift,

    /// <summary>Change of every single share, absolute.</summary>
    MaxChange,

    /// <summary>Change of every single share, relative to itself.</summary>
    MaxRelativeChange,

    /// <summary>A category's own share.</summary>
    Bounds,

    /// <summary>A category's own share as a multiple of its importance.</summary>
    RelativeBounds,

    /// <summary>A category's least count of rows.</summary>
    MinCounts,

    /// <summary>A category's largest count of rows.</summary>
    MaxCounts,

    /// <summary>Joint share of a group.</summary>
    Groups,

    /// <summary>The rows there are; no option changes it.</summary>
    Rows,
}
