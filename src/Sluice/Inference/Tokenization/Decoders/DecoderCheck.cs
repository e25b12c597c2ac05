using Sluice.Inference.Tokenization.Json;

namespace Sluice.Inference.Tokenization.Decoders;

/// <summary>Looks at the decoder of a tokenizer file. Nothing here turns ids into text, so it need only be one that is known; keys are not looked at.</summary>
internal static class DecoderCheck
{
    private static readonly string[] s_known = ["BPEDecoder", "ByteFallback", "ByteLevel", "CTC", "Fuse", "Metaspace", "Replace", "Sequence", "Strip", "WordPiece"];

    /// <summary>Throws when the decoder, or a part of it, is of a kind that the reference does not have.</summary>
    /// <exception cref="InvalidDataException">The decoder is not known.</exception>
    public static void Run(JsonComponent decoder)
    {
        if (!s_known.Contains(decoder.Type))
        {
            throw decoder.Unsupported(s_known);
        }

        foreach (JsonComponent part in decoder.Type == "Sequence" ? decoder.Parts("decoders") : [])
        {
            Run(part);
        }
    }
}
