using System.CommandLine;
using Sluice.Configuration;
using Sluice.Diagnostics;
using Sluice.Host.Settings;

namespace Sluice.Host.Cli;

/// <summary><c>sluice schema [pipeline|appsettings|recipe]</c>.</summary>
internal static class SchemaVerb
{
    public static Command Create()
    {
        Argument<string> kind = new("FILE") { Description = "pipeline (default), appsettings or recipe.", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = static _ => "pipeline" };
        Command command = new("schema", "Print the JSON Schema (2020-12) of a file that people write, for editors and checks: every key, its type, range, default and meaning.") { Arguments = { kind } };
        return Verb.Run(command, new CommonOptions(), static _ => null, (context, parse, _) =>
        {
            string found = parse.GetValue(kind)!;
            if (!SettingsSchema.Kinds.Contains(found))
            {
                throw new ConfigurationException([new("schema", $"Found '{found}', expected one of {string.Join(", ", SettingsSchema.Kinds)}.{Suggestion.DidYouMean(found, SettingsSchema.Kinds)}")]);
            }

            context.Print(SettingsSchema.Text(found).TrimEnd('\n'));
            return Task.FromResult(ExitCode.Done);
        });
    }
}
