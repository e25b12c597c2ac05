using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sluice.Inference.TextViews;
using Sluice.Inference.Tokenization.Cutting;

namespace Sluice.Inference.Manifests;

/// <summary>What <c>manifest.json</c> in a model's folder says of the model.</summary>
internal sealed record ModelManifest
{
    /// <summary>Where it was read.</summary>
    public required string Path { get; init; }

    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>Version of the model.</summary>
    public required string Version { get; init; }

    /// <summary>What its numbers mean.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>Which text it reads.</summary>
    public required TextView Text { get; init; }

    /// <summary>How the text is made, where <see cref="Text"/> is <see cref="TextView.Template"/>; else null.</summary>
    public required TextForm? Template { get; init; }

    /// <summary>The ONNX graph.</summary>
    public required ModelFile Model { get; init; }

    /// <summary>Weights that lie outside the graph's file, as they do above 2 GB; usually none.</summary>
    public required IReadOnlyList<ModelFile> Data { get; init; }

    /// <summary>The tokenizer's file.</summary>
    public required ModelFile Tokenizer { get; init; }

    /// <summary>Tokens of a row at most, special tokens counted. Default 256.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>The inputs the graph is fed.</summary>
    public required IReadOnlyList<ModelInput> Inputs { get; init; }

    /// <summary>The output that is read.</summary>
    public required ModelOutput Output { get; init; }

    /// <summary>Where a row that is too long is cut; pairs longest-first. Default right.</summary>
    public required TextSide Truncation { get; init; }

    /// <summary>Tokens of a batch at most, padding included, where the graph needs more memory a token than usual; 0: no bound of its own. Default 0.</summary>
    public required int BatchTokens { get; init; }

    /// <summary>What one more call of the graph costs, in tokens of padding it is worth to avoid it; 0: the usual for where it runs. Large for a graph of many nodes. Default 0.</summary>
    public required int CallTokens { get; init; }

    /// <summary>How token vectors become one. Default none.</summary>
    public required Pooling Pooling { get; init; }

    /// <summary>Whether vectors are scaled to length 1. Default false.</summary>
    public required bool Normalize { get; init; }

    /// <summary>The answers of a token-probability score, at least two; else empty.</summary>
    public required IReadOnlyList<AnswerToken> Choices { get; init; }

    /// <summary>Labels of a classification, one a column of the output; else empty. Named in the manifest, or read from the <c>id2label</c> of a <c>config.json</c>.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Whether a row may bear several labels. Default false.</summary>
    public required bool MultiLabel { get; init; }

    /// <summary>Probability from which a row bears a label, 0 to 1. Default 0.5.</summary>
    public required double Threshold { get; init; }

    /// <summary>The terms the model is under; may be empty.</summary>
    public required string Licence { get; init; }

    /// <summary>An example with its answer, or null.</summary>
    public required ModelExample? Example { get; init; }

    /// <summary>The folder it lies in.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Path of the graph.</summary>
    public string ModelPath => System.IO.Path.Combine(Folder, Model.File);

    /// <summary>Path of the tokenizer's file.</summary>
    public string TokenizerPath => System.IO.Path.Combine(Folder, Tokenizer.File);

    /// <summary>SHA-256 over everything that can change an answer: the files' hashes and the keys that steer reading and scoring; not names, versions, licence or example.</summary>
    public string Fingerprint()
    {
        var parts = new List<string>
        {
            "sluice model 1", Task.ToString(), Text.ToString(), Model.Sha256, Tokenizer.Sha256, MaxTokens.ToString(CultureInfo.InvariantCulture),
            Output.Name, Output.Type.ToString(), Output.Width.ToString(CultureInfo.InvariantCulture), Pooling.ToString(), Normalize.ToString(),
            MultiLabel.ToString(), Threshold.ToString("R", CultureInfo.InvariantCulture),
        };
        parts.AddRange(Inputs.Select(input => $"{input.Name} {input.Type}"));
        parts.AddRange(Labels);
        // What came later counts only where it is used, so that older columns stay valid.
        if (Template is not null)
        {
            parts.Add($"template {Template.Source}");
        }

        parts.AddRange(Data.Select(file => $"data {file.File} {file.Sha256}"));
        if (Truncation != TextSide.Right)
        {
            parts.Add($"truncation {Truncation}");
        }

        if (Output.Kind != OutputKind.Values)
        {
            parts.Add($"kind {Output.Kind}");
        }

        if (BatchTokens > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"batch {BatchTokens}"));
        }

        if (CallTokens > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"call {CallTokens}"));
        }

        parts.AddRange(Choices.Select(choice => string.Create(CultureInfo.InvariantCulture, $"choice {choice.Token} {choice.Id} {choice.Value:R}")));
        // Lengths before the parts: no two lists of parts read the same.
        string text = string.Concat(parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Length}:{part}")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
