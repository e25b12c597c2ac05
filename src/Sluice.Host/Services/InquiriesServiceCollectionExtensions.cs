using Microsoft.Extensions.DependencyInjection;
using Sluice.Runs.Diff;

namespace Sluice.Host.Services;

/// <summary>Registers what asks about runs, finished or to come, and changes none of them.</summary>
internal static class InquiriesServiceCollectionExtensions
{
    /// <summary>Adds the comparison of two outputs.</summary>
    public static IServiceCollection AddInquiries(this IServiceCollection services) => services
        .AddSingleton<DiffRun>();
}
