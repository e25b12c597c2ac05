using System.Text.Json.Nodes;
using Sluice.Pool;
using Sluice.Recipes;

namespace Sluice.Sinks;

/// <summary>Writes the page that people look at.</summary>
internal interface IReportWriter
{
    /// <summary>Name of the page in the output directory.</summary>
    const string FileName = "report.html";

    /// <summary>Writes one HTML file that opens without the internet.</summary>
    /// <param name="path">Where.</param>
    /// <param name="manifest">The run's manifest, as <c>run.json</c> will hold it (without the outputs' digests).</param>
    /// <param name="pool">Columns and rows.</param>
    /// <param name="outcome">What was chosen and dropped.</param>
    void Write(string path, JsonObject manifest, PoolReader pool, RecipeOutcome outcome);
}
