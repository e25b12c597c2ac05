using System.Security.Cryptography;
using System.Text.Json;
using Sluice.Diagnostics;
using Sluice.Inference.Manifests;
using Sluice.Inference.TextViews;

namespace Sluice.Inference.Chat;

/// <summary>Reads chat templates: <c>templates/NAME.json</c> below the models directory (comments and trailing commas allowed).</summary>
internal static class ChatTemplateReader
{
    private const string Folder = "templates";

    private static readonly JsonDocumentOptions s_options = new() { AllowDuplicateProperties = false, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Names of the templates that lie there, in ordinal order.</summary>
    /// <param name="models">The models directory.</param>
    public static IReadOnlyList<string> Names(string models)
    {
        string folder = Path.Combine(models, Folder);
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>Reads a template. Throws <see cref="ModelException"/> with every fault found, or with what is there when it is not.</summary>
    public static ChatTemplate Read(string models, string name)
    {
        IReadOnlyList<string> names = Names(models);
        if (!names.Contains(name))
        {
            throw new ModelException(
                $"Found {(names.Count == 0 ? "no chat templates" : $"the chat templates {string.Join(", ", names)}")} in {Path.Combine(models, Folder)}, expected '{name}'.{Suggestion.DidYouMean(name, names)}");
        }

        string path = Path.Combine(models, Folder, name + ".json");
        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, s_options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement, path, name, Convert.ToHexStringLower(SHA256.HashData(bytes)))
                : throw new ModelException($"Found {document.RootElement.ValueKind} in {path}, expected a JSON object that describes a chat template.");
        }
        catch (JsonException fault)
        {
            throw new ModelException($"The file {path} is not valid JSON: {fault.Message}", fault);
        }
    }

    private static ChatTemplate Read(JsonElement element, string path, string name, string sha256)
    {
        List<string> errors = [];
        var root = new JsonSection(element, path, "", errors);
        var template = new ChatTemplate
        {
            Name = name,
            AddSpecialTokens = root.Flag("addSpecialTokens", fallback: true),
            Start = root.Text("start", ""),
            System = Form(root, "system", TextSlot.Text),
            First = Form(root, "first", TextSlot.Instruction),
            FirstWithInput = Form(root, "firstWithInput", TextSlot.Instruction, TextSlot.Input),
            Next = Form(root, "next", TextSlot.Text),
            Response = Around(root, "response"),
            Direct = Around(root, "direct"),
            Sha256 = sha256,
        };
        root.RefuseOthers();
        return errors.Count == 0 ? template : throw new ModelException(errors);
    }

    private static TextForm Form(JsonSection root, string key, params ReadOnlySpan<TextSlot> places)
    {
        string text = root.Text(key);
        try
        {
            TextForm form = TextForm.Parse(text, places);
            foreach (TextSlot place in places)
            {
                if (text.Length > 0 && !form.Has(place))
                {
                    root.Fault(key, $"no {{{place.ToString().ToLowerInvariant()}}}", "it where the row's text goes");
                }
            }

            return form;
        }
        catch (FormatException fault)
        {
            string[] parts = fault.Message.Split(", expected ");
            root.Fault(key, parts[0], parts[1]);
            return TextForm.Parse("");
        }
    }

    private static (string Before, string After) Around(JsonSection root, string key)
    {
        if (root.Section(key, required: true) is not { } section)
        {
            return ("", "");
        }

        (string, string) around = (section.Text("before", ""), section.Text("after", ""));
        section.RefuseOthers();
        return around;
    }
}
