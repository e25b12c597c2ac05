using System.Security.Cryptography;
using Sluice.Inference.Manifests;
using Sluice.Inference.Tokenization;

namespace Sluice.Inference;

/// <summary>Opens a model and checks that its parts are the ones meant and fit each other.</summary>
internal sealed class ModelOpening
{
    private readonly IInferenceRuntime _runtime;
    private readonly InferenceOptions _options;
    private readonly Func<string, ITokenizer> _loadTokenizer;

    /// <summary>Creates the opening.</summary>
    /// <param name="runtime">Loads graphs.</param>
    /// <param name="options">How models are run.</param>
    /// <param name="loadTokenizer">Loads a tokenizer from a path; throws with a message that names the file.</param>
    public ModelOpening(IInferenceRuntime runtime, InferenceOptions options, Func<string, ITokenizer> loadTokenizer)
    {
        _runtime = runtime;
        _options = options;
        _loadTokenizer = loadTokenizer;
    }

    /// <summary>Opens the model of a manifest. Throws <see cref="ModelException"/> with every fault found before the graph runs.</summary>
    public TextModel Open(ModelManifest manifest)
    {
        var errors = new List<string>();
        CheckFile(manifest, "model", manifest.Model, manifest.ModelPath, errors);
        foreach (ModelFile data in manifest.Data)
        {
            CheckFile(manifest, "data", data, Path.Combine(manifest.Folder, data.File), errors);
        }

        CheckFile(manifest, "tokenizer", manifest.Tokenizer, manifest.TokenizerPath, errors);
        ThrowIfAny(errors);
        ITokenizer? tokenizer = Try(() => _loadTokenizer(manifest.TokenizerPath), errors);
        IInferenceSession? session = Try(() => _runtime.Open(manifest.ModelPath, _options), errors);
        try
        {
            if (session is not null)
            {
                errors.AddRange(SignatureCheck.Run(manifest, session));
            }

            ThrowIfAny(errors);
            var model = new TextModel(manifest, tokenizer!, session!, _options);
            Probe(model);
            return model;
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    private static void CheckFile(ModelManifest manifest, string key, ModelFile file, string path, List<string> errors)
    {
        if (!File.Exists(path))
        {
            errors.Add($"Found no file {path}, expected it as '{key}.file' in {manifest.Path}.");
            return;
        }

        using FileStream stream = File.OpenRead(path);
        string found = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (found != file.Sha256)
        {
            errors.Add($"Found the SHA-256 {found} of {path}, expected {file.Sha256} as '{key}.sha256' in {manifest.Path}. Restore the file, or write the new hash into the manifest if the change is meant.");
        }
    }

    /// <summary>Two short rows, one of them empty, find ids beyond the graph's table, wrong widths and divisions by no tokens before the first real row does.</summary>
    private static void Probe(TextModel model)
    {
        ModelExample? example = model.Manifest.Example;
        // A causal model has nothing to say of an empty text.
        ReadOnlyMemory<char> second = model.Manifest.Task == ModelTask.Perplexity ? "Two short texts find what does not fit.".AsMemory() : default;
        ReadOnlyMemory<char>[] texts = [(example?.Text ?? "The first row is never a real one.").AsMemory(), second];
        try
        {
            _ = model.Manifest.Text == TextViews.TextView.Pair
                ? model.ScorePairs(texts, [(example?.Pair ?? "Nor is its answer.").AsMemory(), default], CancellationToken.None)
                : model.Score(texts, CancellationToken.None);
        }
        catch (InferenceException fault)
        {
            throw new ModelException(
                $"The model of {model.Manifest.Path} failed a first try on '{texts[0]}' and on {(second.IsEmpty ? "an empty text" : $"'{second}'")}; tokenizer and graph may not belong together. {fault.Message}", fault);
        }
    }

    private static T? Try<T>(Func<T> open, List<string> errors)
        where T : class
    {
        try
        {
            return open();
        }
        catch (Exception fault) when (fault is InferenceException or ModelException or InvalidDataException or IOException or System.Text.Json.JsonException)
        {
            errors.Add(fault.Message);
            return null;
        }
    }

    private static void ThrowIfAny(List<string> errors)
    {
        if (errors.Count > 0)
        {
            throw new ModelException(errors);
        }
    }
}
