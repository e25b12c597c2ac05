using Sluice.Diagnostics.Faults;

namespace Sluice.Topology;

/// <summary>What a flow has from outside.</summary>
/// <param name="options">Bounds and parallelism.</param>
/// <param name="time">The clock of the meters.</param>
/// <param name="faults">Faults on purpose, at <c>stage.NAME.before</c> and <c>stage.NAME.after</c>; <see cref="FaultPlan.None"/> but in tests.</param>
/// <param name="warn">Hears of a flow that stands still. Called from any thread.</param>
internal sealed class FlowContext(FlowOptions options, TimeProvider time, FaultPlan faults, Action<string> warn)
{
    /// <summary>Bounds and parallelism.</summary>
    public FlowOptions Options => options;

    /// <summary>The clock of the meters.</summary>
    public TimeProvider Time => time;

    /// <summary>Faults on purpose.</summary>
    public FaultPlan Faults => faults;

    /// <summary>Hears of a flow that stands still.</summary>
    public Action<string> Warn => warn;

    /// <summary>Says what the flow that runs now is doing; null when none runs. A program runs one flow at a time.</summary>
    public Func<string?>? Running { get; set; }
}
