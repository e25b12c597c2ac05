using System.Text.Json;
using Sluice.Inference.Tokenization.Json;

namespace Sluice.Inference.Tokenization.PostProcessors;

/// <summary>Reads the post-processor of a tokenizer file.</summary>
internal static class TemplateReader
{
    /// <summary>The template that the component stands for; the plain one when there is none.</summary>
    /// <exception cref="InvalidDataException">The component is not supported.</exception>
    public static Template Read(JsonComponent? component)
    {
        if (component is null)
        {
            return Template.Plain;
        }

        Template? template = ReadOne(component);
        return template ?? Template.Plain;
    }

    // Null for a component that changes no ids.
    private static Template? ReadOne(JsonComponent component)
    {
        Template? template = component.Type switch
        {
            "BertProcessing" => ReadBert(component),
            "RobertaProcessing" => ReadRoberta(component),
            "TemplateProcessing" => ReadTemplate(component),
            "ByteLevel" => ReadByteLevel(component),
            "Sequence" => ReadSequence(component),
            _ => throw component.Unsupported("BertProcessing", "RobertaProcessing", "TemplateProcessing", "ByteLevel", "Sequence"),
        };
        component.End();
        return template;
    }

    private static Template? ReadByteLevel(JsonComponent component)
    {
        component.Ignore("add_prefix_space", "trim_offsets", "use_regex");
        return null;
    }

    private static Template ReadBert(JsonComponent component)
    {
        int cls = ReadToken(component, "cls");
        int sep = ReadToken(component, "sep");
        return new Template(
            [TemplatePiece.Special(0, cls), TemplatePiece.Text(PieceSource.First, 0), TemplatePiece.Special(0, sep)],
            [
                TemplatePiece.Special(0, cls), TemplatePiece.Text(PieceSource.First, 0), TemplatePiece.Special(0, sep),
                TemplatePiece.Text(PieceSource.Second, 1), TemplatePiece.Special(1, sep),
            ]);
    }

    private static Template ReadRoberta(JsonComponent component)
    {
        component.Ignore("trim_offsets", "add_prefix_space");
        int cls = ReadToken(component, "cls");
        int sep = ReadToken(component, "sep");
        return new Template(
            [TemplatePiece.Special(0, cls), TemplatePiece.Text(PieceSource.First, 0), TemplatePiece.Special(0, sep)],
            [
                TemplatePiece.Special(0, cls), TemplatePiece.Text(PieceSource.First, 0), TemplatePiece.Special(0, sep, sep),
                TemplatePiece.Text(PieceSource.Second, 0), TemplatePiece.Special(0, sep),
            ]);
    }

    private static int ReadToken(JsonComponent component, string key)
    {
        IReadOnlyList<JsonElement> pair = component.Array(key);
        return pair.Count == 2 && pair[1].ValueKind == JsonValueKind.Number
            ? pair[1].GetInt32()
            : throw component.Error($"has a '{key}' that is no token with its id");
    }

    private static Template ReadTemplate(JsonComponent component)
    {
        Dictionary<string, int[]> specials = [];
        JsonElement map = component.Raw("special_tokens");
        foreach (JsonProperty special in map.EnumerateObject())
        {
            specials[special.Name] = special.Value.ValueKind == JsonValueKind.Object && special.Value.TryGetProperty("ids", out JsonElement ids) && ids.ValueKind == JsonValueKind.Array
                ? [.. ids.EnumerateArray().Select(id => id.GetInt32())]
                : throw component.Error($"has no 'ids' for '{special.Name}' in 'special_tokens', expected a list of ids");
        }

        IReadOnlyList<TemplatePiece> single = ReadPieces(component, "single", specials);
        if (single.Any(piece => piece.Source == PieceSource.Second))
        {
            throw component.Error("names a second text in 'single'");
        }

        return new Template(single, ReadPieces(component, "pair", specials));
    }

    private static TemplatePiece[] ReadPieces(JsonComponent component, string key, Dictionary<string, int[]> specials) =>
        [.. component.Parts(key).Select(piece => ReadPiece(piece, specials))];

    private static TemplatePiece ReadPiece(JsonComponent piece, Dictionary<string, int[]> specials)
    {
        TemplatePiece read;
        if (piece.OptionalPart("Sequence") is { } text)
        {
            PieceSource source = text.Text("id") switch
            {
                "A" => PieceSource.First,
                "B" => PieceSource.Second,
                string other => throw text.Error($"names the text '{other}', expected A or B"),
            };
            read = TemplatePiece.Text(source, ReadType(text));
            text.End();
        }
        else
        {
            JsonComponent special = piece.Part("SpecialToken");
            string name = special.Text("id");
            int[] ids = specials.TryGetValue(name, out int[]? found) ? found : throw special.Error($"names '{name}', which is not in 'special_tokens'");
            read = TemplatePiece.Special(ReadType(special), ids);
            special.End();
        }

        piece.End();
        return read;
    }

    private static byte ReadType(JsonComponent piece)
    {
        int type = piece.Number("type_id", 0);
        return type is >= 0 and <= byte.MaxValue ? (byte)type : throw piece.Error($"has the type_id {type}, expected 0 to 255");
    }

    private static Template? ReadSequence(JsonComponent component)
    {
        Template? template = null;
        foreach (JsonComponent part in component.Parts("processors"))
        {
            Template? next = ReadOne(part);
            if (template is not null && next is not null)
            {
                throw component.Error("has two processors that add special tokens, which is not supported");
            }

            template ??= next;
        }

        return template;
    }
}
