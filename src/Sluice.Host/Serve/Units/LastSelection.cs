using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Host.Serve.State;
using Sluice.Sinks;

namespace Sluice.Host.Serve.Units;

/// <summary>The selection that an output directory holds from before the service started.</summary>
internal static class LastSelection
{
    /// <summary>Where the page finds a pipeline's report.</summary>
    public static string Address(string pipeline) => $"/pipelines/{Uri.EscapeDataString(pipeline)}/report";

    /// <summary>Reads it; null where there is none that can be read.</summary>
    public static SelectionState? Read(string outPath, string pipeline)
    {
        string path = Path.Combine(outPath, OutputFolder.Manifest);
        try
        {
            return File.Exists(path) && JsonNode.Parse(File.ReadAllText(path))?["rows"]?["selected"] is JsonValue rows && rows.TryGetValue(out long selected)
                ? new SelectionState(selected, File.GetLastWriteTimeUtc(path), Address(pipeline)) : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
