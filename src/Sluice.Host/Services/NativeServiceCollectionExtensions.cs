using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Clp;
using Sluice.Configuration;
using Sluice.Diagnostics.Faults;
using Sluice.DuckDb;
using Sluice.Inference;
using Sluice.Inference.Faults;
using Sluice.Onnx;
using Sluice.Proportions;
using Sluice.Records;
using Sluice.Zstd;

namespace Sluice.Host.Services;

/// <summary>Registers the walls around native libraries.</summary>
internal static class NativeServiceCollectionExtensions
{
    /// <summary>Adds ONNX Runtime, DuckDB, CLP and Zstandard behind Sluice's own interfaces.</summary>
    public static IServiceCollection AddNativeWalls(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<IInferenceRuntime>(static p => p.GetRequiredService<FaultPlan>() is { IsActive: true } faults ? new FaultyRuntime(Onnx(p), faults) : Onnx(p))
        .AddSingleton(p => new DuckDbFiles(new ConfigurationReader([]).Read<DuckDbOptions>(configuration.GetSection(DuckDbOptions.SectionName)), p.GetRequiredService<IStreamDecoder>()))
        .AddSingleton<ITableFiles>(static p => p.GetRequiredService<DuckDbFiles>())
        .AddSingleton<IParquetRows>(static p => p.GetRequiredService<DuckDbFiles>())
        .AddSingleton<ILinearSolver>(static _ => new ClpSolver())
        .AddSingleton<IStreamDecoder>(static _ => new ZstdDecoder(""));

    private static OnnxRuntime Onnx(IServiceProvider services) => new(services.GetRequiredService<InferenceOptions>().LibraryPath);
}
