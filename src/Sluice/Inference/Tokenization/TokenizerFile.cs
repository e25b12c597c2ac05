using System.Text.Json;
using Sluice.Inference.Tokenization.AddedTokens;
using Sluice.Inference.Tokenization.Cutting;
using Sluice.Inference.Tokenization.Decoders;
using Sluice.Inference.Tokenization.Json;
using Sluice.Inference.Tokenization.Models;
using Sluice.Inference.Tokenization.Normalizers;
using Sluice.Inference.Tokenization.PostProcessors;
using Sluice.Inference.Tokenization.PreTokenizers;

namespace Sluice.Inference.Tokenization;

/// <summary>
/// Reads the <c>tokenizer.json</c> of the Hugging Face library. The truncation and padding settings of a file are read and not applied: the caller says how
/// many tokens it wants and pads its own batches. A file with anything that is not supported is refused.
/// </summary>
public static class TokenizerFile
{
    private static readonly string[] s_padTokens = ["[PAD]", "<pad>", "<|pad|>", "<|padding|>"];

    /// <summary>Reads a tokenizer file.</summary>
    /// <exception cref="InvalidDataException">The file is no tokenizer, or has a component that is not supported; the message names both.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Tokenizer Load(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads the contents of a tokenizer file; <paramref name="name"/> stands for the file in messages.</summary>
    /// <exception cref="InvalidDataException">The contents are no tokenizer, or have a component that is not supported; the message names both.</exception>
    public static Tokenizer Parse(ReadOnlySpan<byte> json, string name)
    {
        try
        {
            Utf8JsonReader reader = new(json);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return Read(new JsonComponent(document.RootElement, name, "the tokenizer"));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // What a component does not check itself is a value of the wrong kind.
            throw new InvalidDataException($"Tokenizer file '{name}' cannot be read as tokenizer.json: {error.Message}", error);
        }
    }

    private static Tokenizer Read(JsonComponent file)
    {
        if (file.Text("version", "1.0") != "1.0")
        {
            throw file.Error($"has the version '{file.Text("version")}', expected 1.0");
        }

        TokenModel model = ModelReader.Read(file.Part("model"));
        Normalizer? normalizer = file.OptionalPart("normalizer") is { } part ? NormalizerReader.Read(part) : null;
        AddedVocabulary added = AddedVocabulary.Read(file, model, normalizer);
        IPieceTaker end = new ModelStep(model, bytes: false);
        end = model is BpeModel { CutsAtWordStart: true } ? new WordStartStep(BpeModel.WordStart, end) : end;
        JsonComponent? splitter = file.OptionalPart("pre_tokenizer");
        IPieceTaker pieces = splitter is null ? end : PreTokenizerReader.Read(splitter, end);
        bool needsStart = splitter is not null && PreTokenizerReader.NeedsStart(splitter);
        if (needsStart && normalizer is { DropsRuns: true })
        {
            throw file.Error("has a Metaspace pre-tokenizer with prepend_scheme 'first' behind a normalizer that replaces by nothing, which is not supported");
        }

        Template template = TemplateReader.Read(file.OptionalPart("post_processor"));
        if (file.OptionalPart("decoder") is { } decoder)
        {
            DecoderCheck.Run(decoder);
        }

        TruncationOptions? truncation = file.OptionalPart("truncation") is { } cut ? CuttingReader.ReadTruncation(cut) : null;
        PaddingOptions? padding = file.OptionalPart("padding") is { } fill ? CuttingReader.ReadPadding(fill) : null;
        int padId = FindPad(file, added);
        file.End();
        return new Tokenizer(new SegmentEncoder(added, normalizer, pieces, model) { NeedsStart = needsStart }, model, added, template, padId)
        {
            Truncation = truncation,
            Padding = padding,
        };
    }

    private static int FindPad(JsonComponent file, AddedVocabulary added)
    {
        if (file.OptionalPart("padding") is { } padding && padding.Has("pad_id"))
        {
            return padding.Number("pad_id");
        }

        foreach (string token in s_padTokens)
        {
            if (added.TryGetId(token, out int id))
            {
                return id;
            }
        }

        return 0;
    }
}
