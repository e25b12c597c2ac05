using System.Text.Json.Nodes;

namespace Sluice.Faults.Tests.Harness;

/// <summary>A copy of the models in which one says other things.</summary>
internal static class OtherModels
{
    /// <summary>Copies what runs need of the models into a folder and makes the tagger stricter.</summary>
    public static void Make(string folder)
    {
        string models = Path.Combine(AppContext.BaseDirectory, "models");
        foreach (string file in FolderState.Files(models).Where(static f => Path.GetExtension(f) is ".onnx" or ".json"))
        {
            string to = Path.Combine(folder, Path.GetRelativePath(models, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        string manifest = Path.Combine(folder, "tagger", "manifest.json");
        JsonNode tagger = JsonNode.Parse(File.ReadAllText(manifest))!;
        tagger["threshold"] = 0.2;
        File.WriteAllText(manifest, tagger.ToJsonString());
    }
}
