namespace Sluice.Runs;

/// <summary>What one stage did in this run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">Rows it took.</param>
/// <param name="BusySeconds">Seconds its workers spent working, added up.</param>
/// <param name="Workers">Batches it may work on at once.</param>
/// <param name="BusyShare">Share of the run's time in which it worked, as one worker.</param>
internal sealed record StageFigures(string Name, long Rows, double BusySeconds, int Workers, double BusyShare);
