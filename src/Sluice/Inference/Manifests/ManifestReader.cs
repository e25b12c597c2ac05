using System.Text.Json;
using Sluice.Inference.TextViews;
using Sluice.Inference.Tokenization.Cutting;

namespace Sluice.Inference.Manifests;

/// <summary>Reads <c>manifest.json</c> and collects every fault in it.</summary>
internal static class ManifestReader
{
    private const int MostTokens = 1_048_576;
    private const int MostWidth = 1_048_576;

    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };
    private static readonly Dictionary<string, ModelTask> s_tasks = new() { ["classification"] = ModelTask.Classification, ["regression"] = ModelTask.Regression, ["embedding"] = ModelTask.Embedding, ["token-probability"] = ModelTask.TokenProbability, ["perplexity"] = ModelTask.Perplexity };
    private static readonly Dictionary<string, Pooling> s_poolings = new() { ["none"] = Pooling.None, ["mean"] = Pooling.Mean, ["cls"] = Pooling.Cls, ["last"] = Pooling.Last };
    private static readonly Dictionary<string, InputRole> s_roles = new() { ["input_ids"] = InputRole.Ids, ["attention_mask"] = InputRole.Mask, ["token_type_ids"] = InputRole.Types, ["position_ids"] = InputRole.Positions };
    private static readonly Dictionary<string, OutputKind> s_kinds = new() { ["values"] = OutputKind.Values, ["logits"] = OutputKind.Logits, ["losses"] = OutputKind.Losses };
    private static readonly Dictionary<string, TensorType> s_inputTypes = new() { ["int64"] = TensorType.Int64, ["int32"] = TensorType.Int32, ["float32"] = TensorType.Float32 };
    private static readonly Dictionary<string, TensorType> s_outputTypes = new() { ["float32"] = TensorType.Float32, ["float16"] = TensorType.Float16, ["float64"] = TensorType.Float64 };
    private static readonly Dictionary<string, TextSide> s_sides = new() { ["right"] = TextSide.Right, ["left"] = TextSide.Left };
    private static readonly Dictionary<string, TextView> s_views = new()
    {
        ["instruction"] = TextView.Instruction,
        ["prompt"] = TextView.Prompt,
        ["response"] = TextView.Response,
        ["pair"] = TextView.Pair,
        ["conversation"] = TextView.Conversation,
        ["template"] = TextView.Template,
    };

    /// <summary>Reads a manifest. Throws <see cref="ModelException"/> with every fault found.</summary>
    public static ModelManifest Read(string path)
    {
        var errors = new List<string>();
        using JsonDocument document = Parse(path);
        var root = new JsonSection(document.RootElement, path, "", errors);
        ModelManifest manifest = ReadKeys(root, path);
        root.RefuseOthers();
        if (errors.Count == 0)
        {
            ManifestChecks.Run(root, manifest);
        }

        return errors.Count == 0 ? manifest : throw new ModelException(errors);
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path), s_strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw new ModelException($"Found {document.RootElement.ValueKind} in {path}, expected a JSON object that describes the model.");
        }
        catch (JsonException fault)
        {
            throw new ModelException($"The file {path} is not valid JSON: {fault.Message}", fault);
        }
        catch (IOException fault)
        {
            throw new ModelException($"The file {path} could not be read: {fault.Message}", fault);
        }
    }

    private static ModelManifest ReadKeys(JsonSection root, string path)
    {
        TextView view;
        return new ModelManifest
        {
            Path = path,
            Name = root.Text("name"),
            Version = root.Text("version"),
            Task = root.Choice("task", s_tasks, ModelTask.Embedding, required: true),
            Text = view = root.Choice("text", s_views, TextView.Instruction, required: true),
            Template = ReadTemplate(root, view),
            Model = ReadFile(root, "model"),
            Data = [.. root.Sections("data", required: false).Select(section => ReadFile(section, isShared: false))],
            Tokenizer = ReadFile(root, "tokenizer"),
            MaxTokens = root.Integer("maxTokens", 1, MostTokens, 256),
            Truncation = root.Choice("truncation", s_sides, TextSide.Right, required: false),
            BatchTokens = root.Integer("batchTokens", 0, 4194304, 0),
            CallTokens = root.Integer("callTokens", 0, 4194304, 0),
            Inputs = ReadInputs(root),
            Output = ReadOutput(root),
            Pooling = root.Choice("pooling", s_poolings, Pooling.None, required: false),
            Normalize = root.Flag("normalize"),
            Choices = ReadChoices(root),
            Labels = LabelReader.Read(root, path),
            MultiLabel = root.Flag("multiLabel"),
            Threshold = root.Number("threshold", 0, 1, 0.5),
            Licence = root.Text("licence", ""),
            Example = ReadExample(root, view),
        };
    }

    private static ModelFile ReadFile(JsonSection root, string key)
    {
        return root.Section(key, required: true) is { } section ? ReadFile(section, isShared: key == "tokenizer") : new ModelFile("", "");
    }

    private static ModelFile ReadFile(JsonSection section, bool isShared)
    {
        string file = section.Text("file");
        string[] parts = file.Split('/', '\\');
        // Models may share a tokenizer that lies beside them: one step up, and down again.
        bool isBeside = isShared && parts.Length > 2 && parts[0] == "..";
        if (Path.IsPathRooted(file) || parts.Skip(isBeside ? 1 : 0).Contains(".."))
        {
            section.Fault("file", $"'{file}'", isShared ? "a file inside the model's folder, or in a folder beside it" : "a file inside the model's folder");
        }

        string sha256 = section.Text("sha256").ToLowerInvariant();
        if (sha256.Length > 0 && (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit)))
        {
            section.Fault("sha256", $"'{sha256}'", "64 hexadecimal digits");
        }

        section.RefuseOthers();
        return new ModelFile(file, sha256);
    }

    private static List<ModelInput> ReadInputs(JsonSection root)
    {
        var inputs = new List<ModelInput>();
        foreach (JsonSection section in root.Sections("inputs"))
        {
            string name = section.Text("name");
            // An export by Hugging Face names its inputs by their roles; another's name needs one.
            InputRole role = section.IsText("role") ? section.Choice("role", s_roles, InputRole.Ids, required: true) : section.Choice("name", s_roles, InputRole.Ids, required: false);
            TensorType type = section.Choice("type", s_inputTypes, TensorType.Int64, required: true);
            if (type == TensorType.Float32 && role != InputRole.Mask)
            {
                section.Fault("type", "float32", "int64 or int32; only an attention_mask may be float32");
            }

            section.RefuseOthers();
            inputs.Add(new ModelInput(name, type, role));
        }

        return inputs;
    }

    private static ModelOutput ReadOutput(JsonSection root)
    {
        if (root.Section("output", required: true) is not { } section)
        {
            return new ModelOutput("", TensorType.Float32, 1);
        }

        OutputKind kind = section.Choice("kind", s_kinds, OutputKind.Values, required: false);
        var output = new ModelOutput(
            section.Text("name"), section.Choice("type", s_outputTypes, TensorType.Float32, required: true), section.Integer("width", 1, MostWidth, kind == OutputKind.Losses ? 1 : null), kind);
        section.RefuseOthers();
        return output;
    }

    private static TextForm? ReadTemplate(JsonSection root, TextView view)
    {
        string template = root.Text("template", view == TextView.Template ? null : "");
        if (view != TextView.Template)
        {
            if (template.Length > 0)
            {
                root.Fault("template", "a template", "none, as 'text' is not template");
            }

            return null;
        }

        try
        {
            return TextForm.Parse(template, TextSlot.Prompt, TextSlot.Instruction, TextSlot.Input, TextSlot.Response);
        }
        catch (FormatException fault)
        {
            root.Fault("template", fault.Message.Split(", expected ")[0], fault.Message.Split(", expected ")[1]);
            return null;
        }
    }

    private static List<AnswerToken> ReadChoices(JsonSection root)
    {
        var choices = new List<AnswerToken>();
        foreach (JsonSection section in root.Sections("choices", required: false))
        {
            string token = section.Text("token", "");
            int id = section.Integer("id", -1, int.MaxValue, -1);
            if (token.Length > 0 == id >= 0)
            {
                section.Fault("token", id >= 0 ? "both a token and an id" : "neither a token nor an id", "one of them");
            }

            choices.Add(new AnswerToken(token.Length > 0 ? token : null, id, section.Number("value", -1e6, 1e6)));
            section.RefuseOthers();
        }

        return choices;
    }

    private static ModelExample? ReadExample(JsonSection root, TextView view)
    {
        if (root.Section("example", required: false) is not { } section)
        {
            return null;
        }

        string text = section.Text("text");
        string pair = section.Text("pair", "");
        if (pair.Length > 0 != (view == TextView.Pair))
        {
            section.Fault("pair", pair.Length > 0 ? "a second text" : "none", view == TextView.Pair ? "the second text, as 'text' is pair" : "none, as 'text' is not pair");
        }

        var example = new ModelExample(text, pair.Length > 0 ? pair : null, section.Numbers("expected"), section.Number("tolerance", 0, 1e6, 0.001));
        section.RefuseOthers();
        return example;
    }
}
