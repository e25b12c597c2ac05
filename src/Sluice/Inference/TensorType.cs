namespace Sluice.Inference;

/// <summary>Element type of a tensor that models take or give.</summary>
public enum TensorType
{
    /// <summary>32-bit float.</summary>
    Float32,

    /// <summary>16-bit float.</summary>
    Float16,

    /// <summary>64-bit integer.</summary>
    Int64,

    /// <summary>32-bit integer.</summary>
    Int32,

    /// <summary>8-bit signed integer.</summary>
    Int8,

    /// <summary>8-bit unsigned integer.</summary>
    UInt8,

    /// <summary>Boolean.</summary>
    Boolean,

    /// <summary>64-bit float.</summary>
    Float64,
}
