using Sluice.Diagnostics;
using Sluice.Inference.Chat;
using Sluice.Inference.Manifests;
using Sluice.Inference.TextViews;
using Sluice.Inference.Tokenization;

namespace Sluice.Inference;

/// <summary>The models of a directory: one folder a model with its <c>manifest.json</c>, graph and tokenizer.</summary>
internal sealed class ModelCatalog
{
    private const string ManifestName = "manifest.json";

    private readonly string _root;
    private readonly ModelOpening _opening;
    private readonly Dictionary<string, ITokenizer> _tokenizers = [];
    private readonly Lock _lock = new();

    /// <summary>Creates the catalog; nothing is read yet.</summary>
    /// <param name="root">The directory.</param>
    /// <param name="runtime">Loads graphs.</param>
    /// <param name="options">How models are run.</param>
    /// <param name="loadTokenizer">Loads a tokenizer from a path; throws with a message that names the file.</param>
    public ModelCatalog(string root, IInferenceRuntime runtime, InferenceOptions options, Func<string, ITokenizer> loadTokenizer)
    {
        _root = root;
        _opening = new ModelOpening(runtime, options, path => Share(path, loadTokenizer));
    }

    /// <summary>Names of the models that lie there, in ordinal order; empty when the directory does not exist.</summary>
    public IReadOnlyList<string> Names => Directory.Exists(_root)
        ? [.. Directory.EnumerateDirectories(_root).Where(folder => File.Exists(Path.Combine(folder, ManifestName))).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Reads a model's manifest without loading it. Throws <see cref="ModelException"/> that lists what is there when there is no such model, or every fault of the manifest.</summary>
    public ModelManifest ReadManifest(string name)
    {
        IReadOnlyList<string> names = Names;
        if (names.Contains(name))
        {
            return ManifestReader.Read(Path.Combine(_root, name, ManifestName));
        }

        string there = names.Count == 0 ? $"no models in {_root} (a model is a folder with a {ManifestName})" : $"the models {string.Join(", ", names)} in {_root}";
        throw new ModelException($"Found {there}, expected '{name}'.{Suggestion.DidYouMean(name, names)}");
    }

    /// <summary>Opens a model. Throws <see cref="ModelException"/> with every fault found.</summary>
    /// <param name="name">Its folder.</param>
    /// <param name="view">The text it reads instead of the manifest's; null for the manifest's.</param>
    public TextModel Open(string name, TextView? view = null)
    {
        ModelManifest manifest = ReadManifest(name);
        return _opening.Open(view is { } other ? manifest with { Text = other } : manifest);
    }

    /// <summary>Opens a model that lies in a folder of its own, outside the directory. Throws <see cref="ModelException"/> with every fault found.</summary>
    public TextModel OpenFolder(string folder) => _opening.Open(ManifestReader.Read(Path.Combine(folder, ManifestName)));

    /// <summary>The folder of a model of the directory.</summary>
    public string FolderOf(string name) => Path.GetFullPath(Path.Combine(_root, name));

    /// <summary>Reads a chat template of the directory. Throws <see cref="ModelException"/> that lists what is there when there is no such template, or every fault of it.</summary>
    public ChatTemplate ReadTemplate(string name) => ChatTemplateReader.Read(_root, name);

    /// <summary>Models with the same tokenizer (by content, which the opening has just checked) share one instance.</summary>
    private ITokenizer Share(string path, Func<string, ITokenizer> load)
    {
        string key = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
        lock (_lock)
        {
            if (!_tokenizers.TryGetValue(key, out ITokenizer? tokenizer))
            {
                tokenizer = load(path);
                _tokenizers.Add(key, tokenizer);
            }

            return tokenizer;
        }
    }
}
