using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Inference.Manifests;

namespace Sluice.Inference.Drafting;

/// <summary>Adds an exported model to the models directory: drafts its manifest, loads it, and writes what it answers to a short text as the manifest's example.</summary>
internal sealed class ModelAddition(string root, IInferenceRuntime runtime, InferenceOptions options, ModelCatalog catalog)
{
    private const string Question = "Name the capital of France, and say in one sentence why it is famous.";
    private const string Answer = "The capital of France is Paris, famous for its museums and the Eiffel Tower.";
    private const double Tolerance = 0.01;
    private const int ShownNumbers = 8;

    private static readonly JsonSerializerOptions s_format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes <c>manifest.json</c> into the folder of a model and checks it by loading. Throws <see cref="ModelException"/> with every fault, and leaves no manifest then.
    /// </summary>
    /// <param name="name">The model's folder below the models directory.</param>
    /// <param name="wishes">What the files do not say.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>Path of the manifest.</returns>
    public string Add(string name, DraftWishes wishes, CancellationToken token)
    {
        string folder = Path.Combine(root, name);
        string path = Path.Combine(folder, "manifest.json");
        if (!Directory.Exists(folder))
        {
            throw new ModelException($"Found no folder {folder}, expected the exported model there. Export it to that place, or set Models:Directory to where your models lie.");
        }

        if (File.Exists(path))
        {
            throw new ModelException($"Found {path}, expected none yet. Change that file by hand, or delete it first.");
        }

        JsonObject manifest = ManifestDraft.Create(folder, runtime, options, wishes);
        try
        {
            Write(path, manifest);
            using TextModel model = catalog.Open(name);
            manifest["example"] = Example(model, token);
            Write(path, manifest);
            _ = ManifestReader.Read(path);
            return path;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static JsonObject Example(TextModel model, CancellationToken token)
    {
        bool isPair = model.Manifest.Text == TextViews.TextView.Pair;
        float[] numbers = model.Manifest.Task == ModelTask.Perplexity ? model.TokenLosses(Question, ShownNumbers, token)
            : isPair ? model.ScorePairs([Question.AsMemory()], [Answer.AsMemory()], token)
            : model.Score([Question.AsMemory()], token);
        JsonObject example = new() { ["text"] = Question };
        if (isPair)
        {
            example["pair"] = Answer;
        }

        example["expected"] = new JsonArray([.. numbers.Take(ShownNumbers).Select(number => (JsonNode)Math.Round(number, 5))]);
        example["tolerance"] = Tolerance;
        return example;
    }

    private static void Write(string path, JsonObject manifest) => File.WriteAllText(path, manifest.ToJsonString(s_format) + "\n");
}
