using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Polly;

namespace Sluice.Endpoints;

/// <summary>
/// Asks one OpenAI-compatible server. A request that times out, breaks or is answered by nonsense is made again after a growing, jittered wait; a server that throttles
/// slows all requests of the client; a refusal that no later request can escape throws. Safe for use by many at once.
/// </summary>
internal sealed class EndpointClient : IDisposable
{
    // An answer is a few kilobytes; a server that sends more than this is not one.
    private const int MostBytes = 16 << 20;

    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(10);

    private readonly EndpointSettings _settings;
    private readonly EndpointMeter _meter;
    private readonly TimeProvider _time;
    private readonly EndpointGate _gate;
    private readonly HttpClient _http;
    private readonly Uri _target;
    private readonly ResiliencePipeline<Attempt> _attempts;
    private volatile string? _refusal;

    /// <summary>Opens nothing yet; the first question connects.</summary>
    public EndpointClient(EndpointSettings settings, EndpointMeter meter, TimeProvider time)
    {
        _settings = settings;
        _meter = meter;
        _time = time;
        _gate = new EndpointGate(settings.Concurrency, time);
        _attempts = RetryPlan.Build(settings, meter, time);
        _target = new Uri($"{settings.Address.AbsoluteUri.TrimEnd('/')}/{(settings.Api == EndpointApi.Chat ? "chat/completions" : "completions")}");
        _http = new HttpClient(new SocketsHttpHandler
        {
            // A redirect would send the key and the rows to a place nobody named.
            AllowAutoRedirect = false,
            UseCookies = false,
            // A server on this machine is not reached by way of a proxy, whatever the environment says.
            UseProxy = !settings.Address.IsLoopback,
            AutomaticDecompression = DecompressionMethods.All,
            MaxConnectionsPerServer = settings.Concurrency,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = settings.Timeout,
        })
        {
            // Each request has its own limit; HttpClient's would end it at 100 seconds unasked.
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MostBytes,
        };
    }

    /// <summary>Requests let through at once at this moment.</summary>
    public int Width => _gate.Width;

    /// <summary>
    /// Asks one question; what fails at last is a value. Throws <see cref="EndpointException"/> when the server refuses every question (key, address, model), and
    /// <see cref="OperationCanceledException"/> when <paramref name="token"/> is cancelled.
    /// </summary>
    /// <param name="body">The request as <see cref="EndpointRequest"/> writes it.</param>
    /// <param name="token">Ends it.</param>
    public async Task<EndpointAnswer> AskAsync(byte[] body, CancellationToken token)
    {
        _meter.Ask();
        Attempt last = await _attempts.ExecuteAsync(static (call, t) => call.Client.TryAsync(call.Body, t), (Client: this, Body: body), token);
        if (last.Kind == AttemptKind.Answered)
        {
            _meter.Answer(last.PromptTokens, last.CompletionTokens);
            return new EndpointAnswer(last.Text, null);
        }

        _meter.Fail();
        return new EndpointAnswer(null, last.Text);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async ValueTask<Attempt> TryAsync(byte[] body, CancellationToken token)
    {
        long entered = await _gate.EnterAsync(token);
        Attempt? attempt = null;
        try
        {
            // Who waited at the gate while all were refused need not hear it from the server.
            attempt = _refusal is { } refusal ? throw new EndpointException(refusal) : await SendAsync(body, token);
            return attempt.Value;
        }
        finally
        {
            _gate.Leave(entered, attempt?.Kind, attempt?.Wait);
        }
    }

    private async Task<Attempt> SendAsync(byte[] body, CancellationToken token)
    {
        using CancellationTokenSource late = new(_settings.Timeout, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(token, late.Token);
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, _target) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (_settings.Key is { } key)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            }

            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            byte[] said = await response.Content.ReadAsByteArrayAsync(either.Token);
            return response.StatusCode == HttpStatusCode.OK ? EndpointReply.Read(said, _settings.Api) : Refused(response, said);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return new Attempt(AttemptKind.Failed, string.Create(CultureInfo.InvariantCulture,
                $"The server {_target} did not answer within {_settings.Timeout.TotalSeconds:0.###} s ({_settings.Section}:TimeoutSeconds)."));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new Attempt(AttemptKind.Failed, Redact($"The request to {_target} failed: {(fault.InnerException is { } cause && cause.Message != fault.Message ? $"{fault.Message} {cause.Message}" : fault.Message)}"));
        }
    }

    private Attempt Refused(HttpResponseMessage response, byte[] said)
    {
        int status = (int)response.StatusCode;
        (string message, string code) = EndpointReply.ReadError(said);
        string found = Redact($"Found status {status} from {_target}: {(message.Length > 0 ? message : response.ReasonPhrase ?? "no words")}");
        TimeSpan? wait = Wait(response.Headers.RetryAfter);
        if (Remedy.For(response, message, code, _settings) is { } remedy)
        {
            _refusal = $"{found.TrimEnd('.')}. {remedy}";
            throw new EndpointException(_refusal);
        }

        AttemptKind kind = response.StatusCode == HttpStatusCode.TooManyRequests || (response.StatusCode == HttpStatusCode.ServiceUnavailable && wait is not null) ? AttemptKind.Throttled
            : status >= 500 || status is 408 or 409 or 425 or < 400 ? AttemptKind.Failed
            : AttemptKind.Refused;
        return new Attempt(kind, found, wait);
    }

    // A wrong clock or a joke must not stop a run for a year.
    private TimeSpan? Wait(RetryConditionHeaderValue? header)
    {
        TimeSpan? wait = header?.Delta ?? header?.Date - _time.GetUtcNow();
        return wait is null ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > s_longestWait ? s_longestWait : wait;
    }

    private string Redact(string text) => _settings.Key is { Length: > 0 } key ? text.Replace(key, "***", StringComparison.Ordinal) : text;
}
