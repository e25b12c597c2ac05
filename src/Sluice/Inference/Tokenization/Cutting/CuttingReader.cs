using System.Text.Json;
using Sluice.Inference.Tokenization.Json;

namespace Sluice.Inference.Tokenization.Cutting;

/// <summary>Reads the truncation and the padding stored in a tokenizer file.</summary>
internal static class CuttingReader
{
    /// <summary>The truncation that the component stands for.</summary>
    /// <exception cref="InvalidDataException">The component is not supported.</exception>
    public static TruncationOptions ReadTruncation(JsonComponent component)
    {
        var truncation = new TruncationOptions(
            Natural(component, "max_length", 512),
            component.Text("strategy", "LongestFirst") switch
            {
                "LongestFirst" => TruncationStrategy.LongestFirst,
                "OnlyFirst" => TruncationStrategy.OnlyFirst,
                "OnlySecond" => TruncationStrategy.OnlySecond,
                string other => throw component.Error($"has the strategy '{other}', expected LongestFirst, OnlyFirst or OnlySecond"),
            },
            ReadSide(component),
            Natural(component, "stride", 0));
        component.End();
        return truncation;
    }

    /// <summary>The padding that the component stands for.</summary>
    /// <exception cref="InvalidDataException">The component is not supported.</exception>
    public static PaddingOptions ReadPadding(JsonComponent component)
    {
        component.Ignore("pad_token");
        int type = component.Number("pad_type_id", 0);
        var padding = new PaddingOptions(
            ReadLength(component),
            // The reference takes 0 for none as well.
            Math.Max(1, Natural(component, "pad_to_multiple_of", 1)),
            ReadSide(component),
            Natural(component, "pad_id", 0),
            type is >= 0 and <= byte.MaxValue ? (byte)type : throw component.Error($"has the pad_type_id {type}, expected 0 to 255"));
        component.End();
        return padding;
    }

    private static int? ReadLength(JsonComponent component)
    {
        if (!component.Has("strategy"))
        {
            return null;
        }

        JsonElement strategy = component.Raw("strategy");
        if (strategy.ValueKind == JsonValueKind.Object)
        {
            JsonComponent part = component.Part("strategy");
            int length = Natural(part, "Fixed", null);
            part.End();
            return length;
        }

        return strategy.ValueKind == JsonValueKind.String && strategy.ValueEquals("BatchLongest")
            ? null
            : throw component.Error($"has the strategy {strategy.GetRawText()}, expected \"BatchLongest\" or {{\"Fixed\": a length}}");
    }

    private static TextSide ReadSide(JsonComponent component) => component.Text("direction", "Right") switch
    {
        "Right" => TextSide.Right,
        "Left" => TextSide.Left,
        string other => throw component.Error($"has the direction '{other}', expected Right or Left"),
    };

    private static int Natural(JsonComponent component, string key, int? otherwise) => component.Number(key, otherwise) is >= 0 and int number
        ? number
        : throw component.Error($"has a '{key}' below 0, expected 0 or more");
}
