using System.Text;
using Sluice.Inference.Tokenization.Json;
using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>Reads the pre-tokenizer of a tokenizer file as a chain of steps, built from its end.</summary>
internal static class PreTokenizerReader
{
    /// <summary>The chain that ends in <paramref name="next"/>.</summary>
    /// <exception cref="InvalidDataException">The component is not supported.</exception>
    public static IPieceTaker Read(JsonComponent component, IPieceTaker next)
    {
        IPieceTaker step = component.Type switch
        {
            "BertPreTokenizer" => new BertStep(next),
            "Whitespace" => new WordRunStep(next),
            "WhitespaceSplit" => new ClassSplitStep(CodePoints.IsWhiteSpace, PieceBehavior.Removed, next),
            "Punctuation" => new ClassSplitStep(CodePoints.IsPunctuation, ReadBehavior(component, "Isolated"), next),
            "Digits" => ReadDigits(component, next),
            "CharDelimiterSplit" => ReadDelimiter(component, next),
            "Metaspace" => ReadMetaspace(component, next),
            "Split" => ReadSplit(component, next),
            "ByteLevel" => ReadByteLevel(component, next),
            "Sequence" => ReadSequence(component, next),
            _ => throw component.Unsupported(
                "BertPreTokenizer", "Whitespace", "WhitespaceSplit", "Punctuation", "Digits", "CharDelimiterSplit", "Metaspace", "Split", "ByteLevel", "Sequence"),
        };
        component.End();
        return step;
    }

    /// <summary>Whether it matters to a step which piece stands at the start of the text.</summary>
    public static bool NeedsStart(JsonComponent component) => component.Type == "Sequence"
        ? component.Parts("pretokenizers").Any(NeedsStart)
        : component.Type == "Metaspace" && component.Text("prepend_scheme", string.Empty) == "first";

    private static IPieceTaker ReadSequence(JsonComponent component, IPieceTaker next)
    {
        foreach (JsonComponent part in component.Parts("pretokenizers").Reverse())
        {
            next = Read(part, next);
        }

        return next;
    }

    private static ClassSplitStep ReadDigits(JsonComponent component, IPieceTaker next) =>
        new(CodePoints.IsNumber, component.Flag("individual_digits", false) ? PieceBehavior.Isolated : PieceBehavior.Contiguous, next);

    private static ClassSplitStep ReadDelimiter(JsonComponent component, IPieceTaker next)
    {
        string delimiter = component.Text("delimiter");
        return Rune.DecodeFromUtf16(delimiter, out Rune rune, out int length) == System.Buffers.OperationStatus.Done && length == delimiter.Length
            ? new ClassSplitStep(code => code == rune.Value, PieceBehavior.Removed, next)
            : throw component.Error($"has the delimiter '{delimiter}', expected one character");
    }

    private static MetaspaceStep ReadMetaspace(JsonComponent component, IPieceTaker next)
    {
        // Older files say whether a space goes in front, newer ones where.
        component.Ignore("str_rep");
        bool addsPrefix = component.Flag("add_prefix_space", true);
        MetaspacePrefix prefix = component.Text("prepend_scheme", addsPrefix ? "always" : "never") switch
        {
            "always" => MetaspacePrefix.Always,
            "first" => MetaspacePrefix.First,
            "never" => MetaspacePrefix.Never,
            string other => throw component.Error($"has the prepend_scheme '{other}', expected always, first or never"),
        };
        string replacement = component.Text("replacement");
        return replacement.Length > 0 ? new MetaspaceStep(replacement, prefix, component.Flag("split", true), next)
            : throw component.Error("has an empty replacement");
    }

    private static IPieceTaker ReadSplit(JsonComponent component, IPieceTaker next)
    {
        PieceBehavior behavior = ReadBehavior(component, null);
        bool inverted = component.Flag("invert", false);
        JsonComponent pattern = component.Part("pattern");
        IPieceTaker step;
        if (pattern.Has("Regex"))
        {
            step = ReadRegexSplit(pattern, behavior, inverted, next);
        }
        else
        {
            string text = pattern.Text("String");
            step = text.Length > 0 ? new TextSplitStep(text, behavior, inverted, next) : throw pattern.Error("is empty");
        }

        pattern.End();
        return step;
    }

    private static IPieceTaker ReadRegexSplit(JsonComponent pattern, PieceBehavior behavior, bool inverted, IPieceTaker next)
    {
        string regex = pattern.Text("Regex");
        try
        {
            // The usual patterns match every character, so that nothing but isolated matches comes of them.
            return regex switch
            {
                Gpt2SplitStep.Pattern when behavior == PieceBehavior.Isolated => new Gpt2SplitStep(next),
                Gpt4SplitStep.SingleDigitPattern when behavior == PieceBehavior.Isolated => new Gpt4SplitStep(1, next),
                Gpt4SplitStep.TripleDigitPattern when behavior == PieceBehavior.Isolated => new Gpt4SplitStep(3, next),
                _ => new RegexSplitStep(new CodePointRegex(regex), behavior, inverted, next),
            };
        }
        catch (NotSupportedException error)
        {
            throw pattern.Error(error.Message);
        }
    }

    private static IPieceTaker ReadByteLevel(JsonComponent component, IPieceTaker next)
    {
        component.Ignore("trim_offsets");

        // A model that follows at once writes the bytes itself, and only for words it has not seen.
        IPieceTaker step = next is ModelStep model ? model.ForBytes() : new ByteLevelStep(next);
        step = component.Flag("use_regex", true) ? new Gpt2SplitStep(step) : step;
        return component.Flag("add_prefix_space", true) ? new PrefixSpaceStep(step) : step;
    }

    private static PieceBehavior ReadBehavior(JsonComponent component, string? otherwise)
    {
        string name = component.Text("behavior", otherwise);
        return Enum.TryParse(name, ignoreCase: false, out PieceBehavior behavior) && Enum.IsDefined(behavior)
            ? behavior
            : throw component.Error($"has the behavior '{name}', which is not supported");
    }
}
