using System.CommandLine;
using System.Text.Json;
using Sluice.Inference;

namespace Sluice.Host.Cli;

/// <summary><c>sluice models check [NAME]</c>.</summary>
internal static class ModelsCheckVerb
{
    public static Command Create()
    {
        Argument<string?> named = new("NAME") { Description = "The model; all when left out.", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("check", "Load a model, compare it with its manifest and run the manifest's example. Every fault is told with what was found and expected. Exit code 1 when there is one.") { Arguments = { named } };
        return Verb.Run(command, new CommonOptions(), static _ => null, (context, parse, token) =>
        {
            ModelCatalog catalog = context.Get<ModelCatalog>();
            bool fine = true;
            foreach (string name in parse.GetValue(named) is { } one ? [one] : catalog.Names)
            {
                fine &= Check(context, catalog, name, token);
            }

            return Task.FromResult(fine ? ExitCode.Done : ExitCode.Failed);
        });
    }

    private static bool Check(VerbContext context, ModelCatalog catalog, string name, CancellationToken token)
    {
        try
        {
            using TextModel model = catalog.Open(name);
            ModelCheck result = model.Check(token);
            if (!result.Passed)
            {
                Report(context, name, [result.Describe(model.Manifest)]);
                return false;
            }

            context.Print(context.Values.Json
                ? JsonSerializer.Serialize(new { model = name, fine = true, provider = model.Provider, difference = result.MaxDifference, tolerance = result.Tolerance })
                : $"{name}: fine, on {model.Provider}; {result.Describe(model.Manifest)}.");
            if (model.FallbackReason is { } reason)
            {
                context.Display.Warn($"{name} runs on {model.Provider.Split(' ')[0]}: {reason}. Set Inference:Fallback to forbid to make this an error.");
            }

            return true;
        }
        catch (ModelException exception)
        {
            Report(context, name, exception.Errors);
            return false;
        }
        catch (InferenceException exception)
        {
            Report(context, name, [exception.Message]);
            return false;
        }
    }

    // A line a fault: one mistake often hides behind another.
    private static void Report(VerbContext context, string name, IReadOnlyList<string> errors)
    {
        foreach (string error in errors)
        {
            Console.Error.WriteLine(context.Values.Json ? JsonSerializer.Serialize(new { @event = "error", model = name, message = error }) : $"error: {name}: {error}");
        }
    }
}
