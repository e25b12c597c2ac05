using System.Net;
using Microsoft.AspNetCore.Http;
using Sluice.Host.Serve.Metrics;

namespace Sluice.Host.Serve.Http;

/// <summary>What every request passes: the name it was sent to, the token it bears, headers that keep browsers from lending the service to other sites; and its time is measured.</summary>
internal sealed class Gate(BearerToken token, HttpOptions options, ServiceMetrics metrics, TimeProvider time)
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // The report is one file with its styles and scripts in it.
    private const string ReportPolicy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-scripts";

    /// <summary>Lets a request in or answers it.</summary>
    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        long started = time.GetTimestamp();
        IHeaderDictionary headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = context.Request.Path.Value?.EndsWith("/report", StringComparison.Ordinal) == true ? ReportPolicy : Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        string route = "refused";
        try
        {
            if (!IsKnown(context.Request.Host.Host))
            {
                // A page elsewhere whose name was made to point here must not speak to us through its visitor's browser.
                await Problem.WriteAsync(context, StatusCodes.Status421MisdirectedRequest, $"Found the host name '{context.Request.Host.Host}', expected one of this service's own. Serve:Http:Hosts adds names.");
            }
            else if (!IsOpen(context.Request.Path) && !token.Admits(context.Request.Headers.Authorization))
            {
                headers.WWWAuthenticate = "Bearer";
                await Problem.WriteAsync(context, StatusCodes.Status401Unauthorized, "Found no valid token, expected the header 'Authorization: Bearer TOKEN'.");
            }
            else
            {
                await next(context);
                route = (context.GetEndpoint() as Microsoft.AspNetCore.Routing.RouteEndpoint)?.RoutePattern.RawText ?? "none";
            }
        }
        finally
        {
            if (route != Routes.Events)
            {
                metrics.Answered(route, context.Response.StatusCode, time.GetElapsedTime(started));
            }
        }
    }

    // Health is asked by probes that know no secrets and learns none; the page's own files hold no data.
    private static bool IsOpen(PathString path) => path.StartsWithSegments("/health", StringComparison.Ordinal) || Page.Files.Names.Contains(path.Value ?? "");

    private bool IsKnown(string host) => BearerToken.IsLoopback(host) || options.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase)
        || (Uri.TryCreate(options.Url, UriKind.Absolute, out Uri? url) && (url.Host == host || (IPAddress.TryParse(url.Host, out IPAddress? bound) && (bound.Equals(IPAddress.Any) || bound.Equals(IPAddress.IPv6Any)))));
}
