using Sluice.Inference.TextViews;
using Sluice.Inference.Tokenization.Cutting;

namespace Sluice.Inference.Manifests;

/// <summary>What must hold between the keys of a manifest.</summary>
internal static class ManifestChecks
{
    /// <summary>Records every fault.</summary>
    public static void Run(JsonSection root, ModelManifest manifest)
    {
        int width = manifest.Output.Width;
        ModelTask task = manifest.Task;
        bool classifies = task == ModelTask.Classification;
        bool chooses = task == ModelTask.TokenProbability;
        Expect(classifies || manifest.Labels.Count == 0, "labels", $"{manifest.Labels.Count} labels", "none, as 'task' is not classification");
        Expect(!classifies || manifest.Labels.Count == width, "labels", $"{manifest.Labels.Count} labels", $"{width} as in 'output.width'");
        Expect(manifest.Labels.Distinct(StringComparer.Ordinal).Count() == manifest.Labels.Count, "labels", "a label twice", "each once");
        Expect(manifest.Labels.All(label => label.Trim().Length > 0), "labels", "an empty label", "texts that are not empty");
        Expect(task != ModelTask.Regression || width == 1, "output.width", $"{width}", "1, as 'task' is regression");
        Expect(task == ModelTask.Embedding || manifest.Pooling == Pooling.None, "pooling", $"{manifest.Pooling}", "none, as 'task' is not embedding");
        Expect(task == ModelTask.Embedding || !manifest.Normalize, "normalize", "true", "false, as 'task' is not embedding");
        Expect(!chooses || manifest.Choices.Count >= 2, "choices", $"{manifest.Choices.Count} answers", "at least two, as 'task' is token-probability");
        Expect(chooses || manifest.Choices.Count == 0, "choices", $"{manifest.Choices.Count} answers", "none, as 'task' is not token-probability");
        Expect(manifest.Choices.All(choice => choice.Id < width), "choices", "an id past the vocabulary", $"ids below {width} as in 'output.width'");
        Expect(manifest.Choices.Distinct().Count() == manifest.Choices.Count, "choices", "an answer twice", "each once");
        Expect(manifest.Output.Kind == OutputKind.Logits || !chooses, "output.kind", $"{manifest.Output.Kind}".ToLowerInvariant(), "logits, as 'task' is token-probability");
        Expect(task != ModelTask.Perplexity || manifest.Output.Kind != OutputKind.Values, "output.kind", "values", "logits or losses, as 'task' is perplexity");
        Expect(chooses || task == ModelTask.Perplexity || manifest.Output.Kind == OutputKind.Values, "output.kind", $"{manifest.Output.Kind}".ToLowerInvariant(), "values, as 'task' is neither token-probability nor perplexity");
        Expect(task != ModelTask.Perplexity || manifest.Text == TextView.Conversation, "text", $"{manifest.Text}".ToLowerInvariant(), "conversation, as 'task' is perplexity: chat templates make its texts");
        Expect(task != ModelTask.Perplexity || manifest.Truncation == TextSide.Right, "truncation", "left", "right, as 'task' is perplexity: answers stand at the end of what fits");
        Expect(manifest.Inputs.Count(input => input.Role == InputRole.Ids) == 1, "inputs", string.Join(", ", manifest.Inputs.Select(input => input.Name)), "input_ids once");
        Expect(manifest.Inputs.DistinctBy(input => input.Name).Count() == manifest.Inputs.Count, "inputs", "an input twice", "each once");
        int answers = chooses ? 1 : width;
        Expect(
            task == ModelTask.Perplexity || manifest.Example is null || manifest.Example.Expected.Count <= answers, "example.expected", $"{manifest.Example?.Expected.Count} numbers",
            chooses ? "1, the score" : $"at most {answers} as in 'output.width'");

        void Expect(bool holds, string key, string found, string expected)
        {
            if (!holds)
            {
                root.Fault(key, found, expected);
            }
        }
    }
}
