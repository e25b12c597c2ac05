using System.CommandLine;
using System.Globalization;
using Sluice.Inference;
using Sluice.Inference.Manifests;

namespace Sluice.Host.Cli;

/// <summary><c>sluice models list</c>, <c>sluice models check [NAME]</c>; <see cref="ModelsBenchVerb"/> is the third.</summary>
internal static class ModelsVerb
{
    public static Command Create()
    {
        Command list = Verb.Run(new Command("list", "The models there are: task, what they read, size, licence."), new CommonOptions(), static _ => null, (context, _, _) =>
        {
            ModelCatalog catalog = context.Get<ModelCatalog>();
            foreach (string name in catalog.Names)
            {
                ModelManifest manifest = catalog.ReadManifest(name);
                context.Print(string.Create(CultureInfo.InvariantCulture,
                    $"{name,-12} {manifest.Task,-15} reads {manifest.Text,-13} width {manifest.Output.Width,-5} {manifest.Labels.Count,3} labels  {manifest.MaxTokens,5} tokens  {manifest.Licence}"));
            }

            return Task.FromResult(ExitCode.Done);
        });
        Argument<string?> named = new("NAME") { Description = "The model; all when left out.", Arity = ArgumentArity.ZeroOrOne };
        Command check = Verb.Run(new Command("check", "Load a model, compare it with its manifest and run the manifest's example.") { Arguments = { named } }, new CommonOptions(), static _ => null, (context, parse, token) =>
        {
            ModelCatalog catalog = context.Get<ModelCatalog>();
            bool fine = true;
            foreach (string name in parse.GetValue(named) is { } one ? [one] : catalog.Names)
            {
                try
                {
                    using TextModel model = catalog.Open(name);
                    ModelCheck result = model.Check(token);
                    fine &= result.Passed;
                    context.Print($"{name}: {(result.Passed ? "fine" : "NOT fine")}, on {model.Provider}; the example differs by {result.MaxDifference.ToString("0.######", CultureInfo.InvariantCulture)} at most.");
                }
                catch (Exception exception) when (exception is ModelException or InferenceException)
                {
                    fine = false;
                    Console.Error.WriteLine($"error: {name}: {exception.Message}");
                }
            }

            return Task.FromResult(fine ? ExitCode.Done : ExitCode.Failed);
        });
        return new Command("models", "What models there are, whether they fit their manifests, and how fast they are.") { Subcommands = { list, check, ModelsBenchVerb.Create() } };
    }
}
