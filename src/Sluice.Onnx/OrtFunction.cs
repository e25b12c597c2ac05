namespace Sluice.Onnx;

/// <summary>
/// Positions of the functions used here in ONNX Runtime's table <c>OrtApi</c>. The order is public and append-only: member after member of
/// <c>struct OrtApi</c> in <c>include/onnxruntime/core/session/onnxruntime_c_api.h</c> (github.com/microsoft/onnxruntime, MIT), the same as the fields
/// of <c>OrtApi</c> in its <c>csharp/src/Microsoft.ML.OnnxRuntime/NativeMethods.shared.cs</c>; counted from 0. The last one needs API version 12.
/// </summary>
internal enum OrtFunction
{
    GetErrorMessage = 2,
    CreateEnv = 3,
    CreateSession = 7,
    Run = 9,
    CreateSessionOptions = 10,
    SetSessionExecutionMode = 13,
    EnableMemPattern = 16,
    SetSessionGraphOptimizationLevel = 23,
    SetIntraOpNumThreads = 24,
    SetInterOpNumThreads = 25,
    SessionGetInputCount = 30,
    SessionGetOutputCount = 31,
    SessionGetInputTypeInfo = 33,
    SessionGetOutputTypeInfo = 34,
    SessionGetInputName = 36,
    SessionGetOutputName = 37,
    CreateTensorWithDataAsOrtValue = 49,
    GetTensorMutableData = 51,
    CastTypeInfoToTensorInfo = 55,
    GetTensorElementType = 60,
    GetDimensionsCount = 61,
    GetDimensions = 62,
    GetTensorTypeAndShape = 65,
    CreateCpuMemoryInfo = 69,
    AllocatorFree = 76,
    GetAllocatorWithDefaultOptions = 78,
    ReleaseStatus = 93,
    ReleaseMemoryInfo = 94,
    ReleaseSession = 95,
    ReleaseValue = 96,
    ReleaseTypeInfo = 98,
    ReleaseTensorTypeAndShapeInfo = 99,
    ReleaseSessionOptions = 100,
    GetAvailableProviders = 125,
    ReleaseAvailableProviders = 126,
    AddSessionConfigEntry = 130,
    AppendTensorRtV2 = 170,
    CreateTensorRtProviderOptions = 171,
    ReleaseTensorRtProviderOptions = 174,
    AppendCudaV2 = 204,
    CreateCudaProviderOptions = 205,
    ReleaseCudaProviderOptions = 208,
    AppendExecutionProvider = 216,
}
