using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sluice.Host.Serve.Http;

/// <summary>How much one address, and all of them together, may ask for; more is answered 429.</summary>
internal static class RateLimits
{
    /// <summary>Name of the limit on requests with rows.</summary>
    public const string Rows = "rows";

    private const int Burst = 10;

    /// <summary>Adds the limits.</summary>
    public static IServiceCollection AddRateLimits(this IServiceCollection services, HttpOptions options) => services.AddRateLimiter(limits =>
    {
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context => options.RequestsPerSecond == 0
            ? RateLimitPartition.GetNoLimiter(IPAddress.None)
            : RateLimitPartition.GetTokenBucketLimiter(context.Connection.RemoteIpAddress ?? IPAddress.None, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = Burst * options.RequestsPerSecond,
                TokensPerPeriod = options.RequestsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }));
        limits.AddPolicy(Rows, _ => RateLimitPartition.GetConcurrencyLimiter("", _ => new ConcurrencyLimiterOptions { PermitLimit = options.MaxRequests }));
        limits.OnRejected = async (rejected, _) => await Problem.WriteAsync(rejected.HttpContext, StatusCodes.Status429TooManyRequests,
            $"Too many requests: at most {options.MaxRequests} with rows at once (Serve:Http:MaxRequests) and {options.RequestsPerSecond} a second from one address (Serve:Http:RequestsPerSecond). Send the request again later.", again: true);
    });
}
