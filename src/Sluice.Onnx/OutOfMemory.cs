namespace Sluice.Onnx;

/// <summary>Tells the library's refusals for lack of memory from all others. It has no code of its own for them, only words.</summary>
internal static class OutOfMemory
{
    private static readonly string[] s_signs =
    [
        // The arena of CPU and CUDA: what the system or the limit did not give.
        "Failed to allocate memory",
        "Available memory of",
        "bad_alloc",
        "bad allocation",
        // CUDA, cuBLAS, cuDNN, Vulkan.
        "out of memory",
        "CUBLAS_STATUS_ALLOC_FAILED",
        "CUDNN_STATUS_ALLOC_FAILED",
        "OUT_OF_DEVICE_MEMORY",
        "OUT_OF_HOST_MEMORY",
    ];

    /// <summary>Whether a message speaks of too little memory.</summary>
    public static bool IsSaidBy(string message) => Array.Exists(s_signs, sign => message.Contains(sign, StringComparison.OrdinalIgnoreCase));
}
