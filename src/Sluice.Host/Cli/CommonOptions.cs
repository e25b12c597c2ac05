using System.CommandLine;

namespace Sluice.Host.Cli;

/// <summary>Options that every verb takes.</summary>
internal sealed class CommonOptions
{
    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "Override a configuration key: Section:Key=value. May be given several times.",
        HelpName = "Key=value",
        DefaultValueFactory = static _ => [],
        AllowMultipleArgumentsPerToken = false,
    };

    public Option<string?> Work { get; } = new("--work") { Description = "Work directory: pool, ledger and rejects. Default: runs/NAME/work.", HelpName = "DIR" };

    public Option<string?> Out { get; } = new("--out") { Description = "Output directory. Default: runs/NAME/out.", HelpName = "DIR" };

    public Option<bool> Fresh { get; } = new("--fresh") { Description = "Forget an earlier run: the pool in the work directory is deleted first." };

    public Option<bool> Quiet { get; } = new("--quiet") { Description = "Say nothing but errors." };

    public Option<bool> Json { get; } = new("--json") { Description = "Progress and messages as one JSON object a line on stderr." };

    /// <summary>Adds the options to a verb.</summary>
    public Command AddTo(Command command)
    {
        foreach (Option option in (Option[])[Set, Work, Out, Fresh, Quiet, Json])
        {
            command.Options.Add(option);
        }

        return command;
    }

    /// <summary>The values of one call.</summary>
    public CommonValues Read(ParseResult parse) => new(
        parse.GetValue(Set) ?? [], parse.GetValue(Work), parse.GetValue(Out), parse.GetValue(Fresh), parse.GetValue(Quiet), parse.GetValue(Json));
}
