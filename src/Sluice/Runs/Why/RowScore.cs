using System.Text.Json.Nodes;

namespace Sluice.Runs.Why;

/// <summary>What one model, or an import, says of a row.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">The value: a number, a text or a list; null where there is none. Of a vector its width and first number.</param>
/// <param name="By">Fingerprint of what made the column.</param>
/// <param name="HigherThan">Share (0 to 1) of the pool's rows with a value whose value is lower (of a list, by its mean); null where values have no order.</param>
/// <param name="SameAs">Share of those rows with the same text; null for others.</param>
/// <param name="Of">Rows of the pool with a value; 0 where that was not counted.</param>
internal sealed record RowScore(string Column, JsonNode? Value, string By, double? HigherThan, double? SameAs, long Of);
