using Polly;
using Polly.Retry;

namespace Sluice.Endpoints;

/// <summary>When a question is asked again: failures and throttling each have their own number of attempts, as a busy server must not use up the patience for a broken one.</summary>
internal static class RetryPlan
{
    private const int JitterSeed = 20240501;

    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    /// <summary>Exponential waits from half a second to a minute with decorrelated jitter; where the server said how long, the gate waits instead.</summary>
    public static ResiliencePipeline<Attempt> Build(EndpointSettings settings, EndpointMeter meter, TimeProvider time)
    {
        var random = new Random(JitterSeed);
        ResiliencePipelineBuilder<Attempt> builder = new() { TimeProvider = time };
        Add(builder, AttemptKind.Throttled, settings.MaxThrottles, meter.Throttle, random);
        Add(builder, AttemptKind.Failed, settings.Retries, meter.Retry, random);
        return builder.Build();
    }

    private static void Add(ResiliencePipelineBuilder<Attempt> builder, AttemptKind kind, int attempts, Action count, Random random)
    {
        if (attempts == 0)
        {
            return;
        }

        builder.AddRetry(new RetryStrategyOptions<Attempt>
        {
            MaxRetryAttempts = attempts,
            BackoffType = DelayBackoffType.Exponential,
            Delay = s_first,
            MaxDelay = s_longest,
            UseJitter = true,
            Randomizer = () =>
            {
                lock (random)
                {
                    return random.NextDouble();
                }
            },
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is null && arguments.Outcome.Result.Kind == kind),
            // Being throttled is waited for at the gate, with all other requests; null is the growing wait.
            DelayGenerator = arguments => ValueTask.FromResult(kind == AttemptKind.Throttled && arguments.Outcome.Result.Wait is not null ? TimeSpan.Zero : arguments.Outcome.Result.Wait),
            OnRetry = _ =>
            {
                count();
                return default;
            },
        });
    }
}
