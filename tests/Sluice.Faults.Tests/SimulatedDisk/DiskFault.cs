namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>A fault to come.</summary>
/// <param name="Kind">What fails.</param>
/// <param name="At">Steps from now, the first being 1; bytes from now for <see cref="FaultKind.Full"/>. A kind that not every step can have waits for one that can.</param>
/// <param name="Point">What the name of its step ends with; null when any will do.</param>
internal sealed record DiskFault(FaultKind Kind, long At, string? Point = null);
