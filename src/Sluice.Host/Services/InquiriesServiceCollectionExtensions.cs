using Microsoft.Extensions.DependencyInjection;
using Sluice.Runs.Diff;
using Sluice.Runs.DryRun;
using Sluice.Runs.Why;

namespace Sluice.Host.Services;

/// <summary>Registers what asks about runs, finished or to come, and changes none of them.</summary>
internal static class InquiriesServiceCollectionExtensions
{
    /// <summary>Adds a row's passport, the comparison of two outputs and the dry run.</summary>
    public static IServiceCollection AddInquiries(this IServiceCollection services) => services
        .AddSingleton<Passport>()
        .AddSingleton<DiffRun>()
        .AddSingleton<DryRunner>();
}
