using Sluice.Inference;
using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Runs.Forecast;

/// <summary>What a forecast has from outside: what a run has.</summary>
/// <param name="Sources">Reads files.</param>
/// <param name="Parquet">Reads footers.</param>
/// <param name="Tables">Reads and writes columns.</param>
/// <param name="Zstandard">Opens <c>.zst</c> files.</param>
/// <param name="Runtime">Loads graphs.</param>
/// <param name="Variable">Value of an environment variable.</param>
internal sealed record ForecastParts(
    ISource Sources, IParquetRows Parquet, ITableFiles Tables, IStreamDecoder Zstandard, IInferenceRuntime Runtime, Func<string, string?> Variable);
