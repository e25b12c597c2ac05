using Sluice.Topology;

namespace Sluice.Runs;

/// <summary>How far a phase is.</summary>
/// <param name="Share">Share done, 0 to 1.</param>
/// <param name="Rows">Rows done so far in this run.</param>
/// <param name="What">What is being done, such as the file being read.</param>
/// <param name="Stages">The stages' meters, in the order of the flow; empty outside the flow.</param>
public sealed record RunProgress(double Share, long Rows, string What, IReadOnlyList<StageMeter> Stages);
