namespace Sluice.Runs.Study;

/// <summary>What planning a study wrote.</summary>
/// <param name="Folder">Where.</param>
/// <param name="BaseRows">Rows of the base set.</param>
/// <param name="DataSets">Data sets, the base set among them.</param>
/// <param name="Files">Files, <c>study.json</c> not counted.</param>
/// <param name="Unchanged">Of these, files that were there already and are as they are to be.</param>
internal sealed record StudyPlanReport(string Folder, int BaseRows, int DataSets, int Files, int Unchanged);
