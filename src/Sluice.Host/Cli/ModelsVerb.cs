using System.CommandLine;
using System.Globalization;
using Sluice.Inference;
using Sluice.Inference.Manifests;

namespace Sluice.Host.Cli;

/// <summary><c>sluice models</c>: <c>list</c> here, <see cref="ModelsAddVerb"/>, <see cref="ModelsCheckVerb"/> and <see cref="ModelsBenchVerb"/> beside.</summary>
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
        return new Command("models", "What models there are, whether they fit their manifests, and how fast they are.") { Subcommands = { list, ModelsAddVerb.Create(), ModelsCheckVerb.Create(), ModelsBenchVerb.Create() } };
    }
}
