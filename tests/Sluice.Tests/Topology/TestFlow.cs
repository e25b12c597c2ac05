using Sluice.Diagnostics.Faults;
using Sluice.Topology;

namespace Sluice.Tests.Topology;

/// <summary>Flows on the system's clock, without faults.</summary>
internal static class TestFlow
{
    public static Flow Make(FlowOptions options, FaultPlan? faults = null, CancellationToken token = default) =>
        new(new FlowContext(options, TimeProvider.System, faults ?? FaultPlan.None, static _ => { }), token);
}
