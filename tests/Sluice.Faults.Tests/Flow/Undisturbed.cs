using Sluice.Demo;

namespace Sluice.Faults.Tests.Flow;

/// <summary>One run without faults, what the others must come to; made once for all classes, as it takes seconds.</summary>
public sealed class Undisturbed : IAsyncLifetime
{
    private const int Rows = 1200;
    private const int Seed = 7;
    private static readonly Lazy<Task<(FlowCase Case, SluiceEnd End)>> s_made = new(MakeAsync);

    /// <summary>Its folder.</summary>
    internal FlowCase Case { get; private set; } = null!;

    /// <summary>How it ended.</summary>
    internal SluiceEnd End { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => (Case, End) = await s_made.Value;

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task<(FlowCase, SluiceEnd)> MakeAsync()
    {
        FlowCase made = new();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => made.Dispose();
        await DemoWriter.WriteAsync(Rows, Seed, made["d.jsonl"], null, CancellationToken.None);
        SluiceEnd end = (await made.RunAsync()).Expect(0);
        made.ExpectEquation();
        return (made, end);
    }
}
