using Sluice.Inference;

namespace Sluice.Onnx;

/// <summary>Element types as ONNX numbers them (<c>ONNXTensorElementDataType</c>) and as arrays of .NET.</summary>
internal static class TensorTypes
{
    /// <summary>The type for an ONNX number, or null when the product has no array for it (strings, complex numbers, bfloat16 ...).</summary>
    public static TensorType? FromOnnx(int type) => type switch
    {
        1 => TensorType.Float32,
        2 => TensorType.UInt8,
        3 => TensorType.Int8,
        6 => TensorType.Int32,
        7 => TensorType.Int64,
        9 => TensorType.Boolean,
        10 => TensorType.Float16,
        11 => TensorType.Float64,
        _ => null,
    };

    /// <summary>ONNX's number of a type.</summary>
    public static int ToOnnx(TensorType type) => type switch
    {
        TensorType.Float32 => 1,
        TensorType.UInt8 => 2,
        TensorType.Int8 => 3,
        TensorType.Int32 => 6,
        TensorType.Int64 => 7,
        TensorType.Boolean => 9,
        TensorType.Float16 => 10,
        TensorType.Float64 => 11,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "This is a bug: an element type without a number."),
    };

    /// <summary>Bytes of one element.</summary>
    public static int Size(TensorType type) => type switch
    {
        TensorType.Float64 or TensorType.Int64 => 8,
        TensorType.Float32 or TensorType.Int32 => 4,
        TensorType.Float16 => 2,
        _ => 1,
    };

    /// <summary>The type of an array's elements, or null when tensors have no such type.</summary>
    public static TensorType? Of(Array data) => data switch
    {
        // Exact types: the CLR would let an array of unsigned numbers pass for one of signed ones.
        _ when data.GetType() == typeof(float[]) => TensorType.Float32,
        _ when data.GetType() == typeof(long[]) => TensorType.Int64,
        _ when data.GetType() == typeof(int[]) => TensorType.Int32,
        _ when data.GetType() == typeof(Half[]) => TensorType.Float16,
        _ when data.GetType() == typeof(sbyte[]) => TensorType.Int8,
        _ when data.GetType() == typeof(byte[]) => TensorType.UInt8,
        _ when data.GetType() == typeof(bool[]) => TensorType.Boolean,
        _ when data.GetType() == typeof(double[]) => TensorType.Float64,
        _ => null,
    };

    /// <summary>An array of a type.</summary>
    public static Array Allocate(TensorType type, long count) => type switch
    {
        TensorType.Float32 => GC.AllocateUninitializedArray<float>(checked((int)count)),
        TensorType.Int64 => GC.AllocateUninitializedArray<long>(checked((int)count)),
        TensorType.Int32 => GC.AllocateUninitializedArray<int>(checked((int)count)),
        TensorType.Float16 => GC.AllocateUninitializedArray<Half>(checked((int)count)),
        TensorType.Int8 => GC.AllocateUninitializedArray<sbyte>(checked((int)count)),
        TensorType.UInt8 => GC.AllocateUninitializedArray<byte>(checked((int)count)),
        TensorType.Boolean => GC.AllocateUninitializedArray<bool>(checked((int)count)),
        _ => GC.AllocateUninitializedArray<double>(checked((int)count)),
    };
}
