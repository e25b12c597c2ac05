using Sluice.Diagnostics;
using Sluice.Inference.Manifests;

namespace Sluice.Inference;

/// <summary>Compares what a manifest declares with what the graph declares.</summary>
internal static class SignatureCheck
{
    /// <summary>The faults found, one sentence each; none when they agree.</summary>
    public static IReadOnlyList<string> Run(ModelManifest manifest, IInferenceSession session)
    {
        var errors = new List<string>();
        string file = manifest.Model.File;
        CheckInputs(manifest, session, file, errors);
        if (session.Outputs.FirstOrDefault(output => output.Name == manifest.Output.Name) is { } output)
        {
            CheckOutput(manifest, output, file, errors);
        }
        else
        {
            errors.Add($"Found the output '{manifest.Output.Name}' in {manifest.Path}, expected one of {Names(session.Outputs)} as in {file}.{Suggestion.DidYouMean(manifest.Output.Name, session.Outputs.Select(info => info.Name))}");
        }

        return errors;
    }

    private static void CheckInputs(ModelManifest manifest, IInferenceSession session, string file, List<string> errors)
    {
        foreach (ModelInput input in manifest.Inputs)
        {
            if (session.Inputs.FirstOrDefault(info => info.Name == input.Name) is not { } info)
            {
                errors.Add($"Found the input '{input.Name}' in {manifest.Path}, expected one of {Names(session.Inputs)} as in {file}.{Suggestion.DidYouMean(input.Name, session.Inputs.Select(info => info.Name))} Write the graph's name, and what it is fed as its 'role'.");
                continue;
            }

            if (info.Type != input.Type)
            {
                errors.Add($"Found the type {Word(input.Type)} for the input '{input.Name}' in {manifest.Path}, expected {Word(info.Type)} as in {file}.");
            }

            if (info.Shape.Count != 2 || info.Shape.Any(dimension => dimension >= 0))
            {
                errors.Add($"Found the input '{input.Name}' of {file} to be {Shape(info)}, expected [batch, tokens], both open. Export the graph with dynamic axes.");
            }
        }

        IEnumerable<TensorInfo> missing = session.Inputs.Where(info => manifest.Inputs.All(input => input.Name != info.Name));
        // A cache is dozens of inputs and one mistake.
        foreach (TensorInfo info in missing.DistinctBy(info => info.Name.StartsWith("past_key_values", StringComparison.Ordinal) ? "past_key_values" : info.Name))
        {
            errors.Add(info.Name.StartsWith("past_key_values", StringComparison.Ordinal)
                ? $"Found the input '{info.Name}' in {file}, expected a graph without a cache of earlier tokens. Export it anew with --task text-generation instead of text-generation-with-past."
                : $"Found no input '{info.Name}' in {manifest.Path}, expected it ({Word(info.Type)}) as {file} needs it.");
        }
    }

    private static void CheckOutput(ModelManifest manifest, TensorInfo output, string file, List<string> errors)
    {
        if (output.Type != manifest.Output.Type)
        {
            errors.Add($"Found the type {Word(manifest.Output.Type)} for the output '{output.Name}' in {manifest.Path}, expected {Word(output.Type)} as in {file}.");
        }

        int width = manifest.Output.Width;
        int[] ranks = manifest switch
        {
            { Output.Kind: OutputKind.Losses } => [2],
            { Task: ModelTask.TokenProbability } => [2, 3],
            { Output.Kind: OutputKind.Logits } or { Pooling: not Pooling.None } => [3],
            _ => [2],
        };
        bool squeezed = manifest.Output.Kind == OutputKind.Values && ranks[0] == 2 && width == 1 && output.Shape.Count == 1;
        if (!ranks.Contains(output.Shape.Count) && !squeezed)
        {
            string expected = manifest switch
            {
                { Output.Kind: OutputKind.Losses } => "[batch, tokens] as 'output.kind' is losses",
                { Output.Kind: OutputKind.Logits } => $"[batch, tokens, {width}] as 'output.kind' is logits",
                { Pooling: not Pooling.None } => $"[batch, tokens, {width}] as 'pooling' is {Word(manifest.Pooling)}",
                _ => $"[batch, {width}] as 'pooling' is none",
            };
            errors.Add($"Found the output '{output.Name}' of {file} to be {Shape(output)}, expected {expected} in {manifest.Path}.");
        }
        else if (!squeezed && manifest.Output.Kind != OutputKind.Losses && output.Shape[^1] >= 0 && output.Shape[^1] != width)
        {
            string found = manifest.Labels.Count > 0 ? $"{width} labels" : $"the width {width}";
            errors.Add($"Found {found} in {manifest.Path}, expected {output.Shape[^1]} as the output '{output.Name}' of {file} is {Shape(output)}.");
        }
    }

    private static string Names(IReadOnlyList<TensorInfo> infos) => string.Join(", ", infos.Select(info => info.Name));

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Shape(TensorInfo info)
    {
        string[] usual = ["batch", info.Shape.Count == 3 || info.Shape is [_, < 0] ? "tokens" : "width", "width"];
        return $"[{string.Join(", ", info.Shape.Select((dimension, i) => dimension >= 0 ? $"{dimension}" : i < usual.Length ? usual[i] : "?"))}]";
    }
}
