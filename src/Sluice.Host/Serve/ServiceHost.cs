using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sluice.Host.Serve.Http;
using Sluice.Host.Serve.State;
using Sluice.Host.Serve.Systemd;
using Sluice.Host.Serve.Units;

namespace Sluice.Host.Serve;

/// <summary>Puts the hosted service together: pipelines, what looks at them, systemd, and HTTP where it is switched on.</summary>
internal static class ServiceHost
{
    private const int MostHeaderBytes = 16 * 1024;
    private static readonly TimeSpan s_headerTime = TimeSpan.FromSeconds(15);

    /// <summary>Builds the host; nothing runs yet.</summary>
    public static IHost Build(ServiceParts parts)
    {
        if (!parts.Options.Enabled)
        {
            HostApplicationBuilder plain = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
            AddWork(plain.Services, parts);
            return plain.Build();
        }

        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        AddWork(builder.Services, parts);
        builder.WebHost.UseKestrelCore().UseUrls(parts.Options.Url).ConfigureKestrel(kestrel => Limit(kestrel, parts.Options));
        builder.Services.AddRoutingCore().AddRequestDecompression().AddRateLimits(parts.Options);
        WebApplication app = builder.Build();
        Gate gate = new(parts.Token, parts.Options, parts.Metrics, parts.Time);
        app.UseRouting();
        app.Use((context, next) => gate.PassAsync(context, next));
        app.UseRateLimiter();
        app.UseRequestDecompression();
        Routes.Map(app, parts.Units, parts.State, parts.Figures, app.Lifetime.ApplicationStopping);
        return app;
    }

    /// <summary>The address that the service listens on, with the port that it found; null where it does not listen.</summary>
    public static string? Address(IHost host) => host.Services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();

    private static void AddWork(IServiceCollection services, ServiceParts parts) => services
        .AddSingleton(parts.Logs)
        .AddHostedService(_ => new StateClock(parts.State, parts.Time, parts.Logs.CreateLogger(ServiceLog.Category)))
        .AddHostedService(p => new SystemdWatch(parts.Systemd, parts.State, parts.Units, parts.Time, p.GetRequiredService<IHostApplicationLifetime>()))
        .AddHostedService(p => new UnitRunner(parts.Units, parts.Time, parts.DrainTime, p.GetRequiredService<IHostApplicationLifetime>(), parts.Outcome, parts.Systemd))
        .Configure<HostOptions>(static host =>
        {
            host.ShutdownTimeout = Timeout.InfiniteTimeSpan; // Flow:StopTime rules.
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore; // Pipelines carry their faults to the exit code themselves.
            host.ServicesStopConcurrently = true; // Requests that wait for a commit and the pipelines that make it must stop side by side.
        });

    private static void Limit(KestrelServerOptions kestrel, HttpOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = MostHeaderBytes;
        kestrel.Limits.RequestHeadersTimeout = s_headerTime;
        // A request waits for its commit while nothing is sent either way: only a body that trickles is cut off.
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(30));
    }
}
