using Sluice.Inference.Tokenization.Json;
using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization.Normalizers;

/// <summary>Reads the normalizer of a tokenizer file.</summary>
internal static class NormalizerReader
{
    /// <summary>The normalizer that the component stands for.</summary>
    /// <exception cref="InvalidDataException">The component is not supported.</exception>
    public static Normalizer Read(JsonComponent component)
    {
        Normalizer normalizer = component.Type switch
        {
            "BertNormalizer" => ReadBert(component),
            "NFC" => new UnicodeNormalizer(UnicodeForm.C),
            "NFD" => new UnicodeNormalizer(UnicodeForm.D),
            "NFKC" => new UnicodeNormalizer(UnicodeForm.KC),
            "NFKD" => new UnicodeNormalizer(UnicodeForm.KD),
            "Lowercase" => new LowercaseNormalizer(),
            "StripAccents" => new StripAccentsNormalizer(),
            "Nmt" => new NmtNormalizer(),
            "ByteLevel" => new ByteLevelNormalizer(),
            "Strip" => new StripNormalizer(component.Flag("strip_left", true), component.Flag("strip_right", true)),
            "Prepend" => new PrependNormalizer(component.Text("prepend")),
            "Replace" => ReadReplace(component),
            "Precompiled" => ReadPrecompiled(component),
            "Sequence" => new SequenceNormalizer([.. component.Parts("normalizers").Select(Read)]),
            _ => throw component.Unsupported(
                "BertNormalizer", "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt", "ByteLevel", "Strip", "Prepend", "Replace", "Precompiled", "Sequence"),
        };
        component.End();
        return normalizer;
    }

    private static BertNormalizer ReadBert(JsonComponent component)
    {
        bool lowercase = component.Flag("lowercase", true);
        return new BertNormalizer(
            component.Flag("clean_text", true),
            component.Flag("handle_chinese_chars", true),
            component.OptionalFlag("strip_accents") ?? lowercase,
            lowercase);
    }

    private static Normalizer ReadReplace(JsonComponent component)
    {
        string content = component.Text("content");
        JsonComponent pattern = component.Part("pattern");
        Normalizer replace = pattern.Has("Regex")
            ? new RegexReplaceNormalizer(ReadRegex(pattern), content)
            : new ReplaceNormalizer(ReadString(pattern), content);
        pattern.End();
        return replace;
    }

    private static CodePointRegex ReadRegex(JsonComponent pattern)
    {
        try
        {
            return new CodePointRegex(pattern.Text("Regex"));
        }
        catch (NotSupportedException error)
        {
            throw pattern.Error(error.Message);
        }
    }

    private static string ReadString(JsonComponent pattern)
    {
        string text = pattern.Text("String");
        return text.Length > 0 ? text : throw pattern.Error("is empty");
    }

    private static PrecompiledNormalizer ReadPrecompiled(JsonComponent component)
    {
        try
        {
            return new PrecompiledNormalizer(Convert.FromBase64String(component.Text("precompiled_charsmap")));
        }
        catch (FormatException error)
        {
            throw component.Error($"has a map that cannot be read: {error.Message}");
        }
    }
}
