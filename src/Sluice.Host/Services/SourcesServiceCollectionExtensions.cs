using Microsoft.Extensions.DependencyInjection;
using Sluice.Parsing;
using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Host.Services;

/// <summary>Registers sources and the parser.</summary>
internal static class SourcesServiceCollectionExtensions
{
    /// <summary>Adds the readers of JSON Lines, JSON arrays and Parquet, and the row parser.</summary>
    public static IServiceCollection AddSources(this IServiceCollection services) => services
        .AddSingleton<IRowParser>(static p => new RowParser(p.GetRequiredService<SourceLimits>()))
        .AddSingleton<ISource>(static p => new SourceReader(p.GetRequiredService<SourceLimits>(), p.GetRequiredService<IStreamDecoder>(), p.GetRequiredService<IParquetRows>()));
}
