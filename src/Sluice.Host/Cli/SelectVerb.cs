using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Sluice.Configuration;
using Sluice.Host.Display;
using Sluice.Proportions;
using Sluice.Recipes;
using Sluice.Runs;

namespace Sluice.Host.Cli;

/// <summary><c>sluice select RECIPE --pool DIR --out DIR</c>.</summary>
internal static class SelectVerb
{
    public static Command Create()
    {
        Argument<string> recipe = new("RECIPE") { Description = "A recipe file (a JSON list of steps), or a pipeline file whose Recipe is taken." };
        Option<string> pool = new("--pool") { Description = "The pool, or the work directory that holds it.", HelpName = "DIR", Required = true };
        Command command = new("select", "The select half alone: choose from a pool. Nothing is scored.") { Arguments = { recipe }, Options = { pool } };
        return Verb.Run(command, new CommonOptions(), p => p.GetValue(recipe), (context, parse, token) =>
        {
            List<ConfigurationError> errors = context.Errors;
            SluiceOptions options = context.Get<SluiceOptions>();
            IReadOnlyList<IRecipeStep> steps = new RecipeReader(context.Get<ILinearSolver>(), errors)
                .Read(context.Configuration.GetSection("Recipe"), Path.GetDirectoryName(Path.GetFullPath(context.File!))!);
            if (context.Values.Out is null)
            {
                errors.Add(new("--out", "Found none, expected the output directory."));
            }

            if (!Directory.Exists(parse.GetValue(pool)))
            {
                errors.Add(new("--pool", $"The directory {parse.GetValue(pool)} does not exist."));
            }

            if (errors.Count > 0)
            {
                throw new ConfigurationException(errors);
            }

            string name = context.Configuration["Name"] ?? Path.GetFileNameWithoutExtension(context.File!);
            SelectReport report = context.Get<SelectRun>().Run(
                name, parse.GetValue(pool)!, steps, Path.GetFullPath(context.Values.Out!), options.Output.Format, null,
                Pipeline.RecipeOf(context.Configuration.AsEnumerable().Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Key, v.Value!))), token);
            if (!context.Values.Quiet)
            {
                RunSummary.Print(Console.Out, null, report);
            }

            return Task.FromResult(ExitCode.Done);
        }, readsMore: true);
    }
}
