using System.CommandLine;
using System.Runtime.InteropServices;
using Sluice.Diagnostics;

namespace Sluice.Host.Cli;

/// <summary>The command line: one verb a file, in the order of the help.</summary>
internal static class SluiceCommand
{
    /// <summary>Parses and runs. Returns the exit code; Ctrl-C and SIGTERM end the verb as <see cref="StopGuard"/> says.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        RootCommand root = Create();
        ParseResult parse = root.Parse(args.Length == 0 ? ["-h"] : args);
        if (parse.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError error in parse.Errors)
            {
                await Console.Error.WriteLineAsync($"error: {error.Message}");
            }

            if (parse.CommandResult.Command is RootCommand && parse.UnmatchedTokens.Count > 0)
            {
                await Console.Error.WriteLineAsync($"Known commands: {string.Join(", ", root.Subcommands.Select(c => c.Name))}.{Suggestion.DidYouMean(parse.UnmatchedTokens[0], root.Subcommands.Select(c => c.Name))}");
            }

            await Console.Error.WriteLineAsync($"See 'sluice {PathOf(parse.CommandResult)}-h'.");
            return ExitCode.BadUsage;
        }

        using StopGuard stop = new(TimeProvider.System, message => Console.Error.WriteLine($"error: {message}"), ProcessEnd.AtOnce);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        // Only help comes through this writer. It calls the program by its file's name, people call it by the launcher's.
        using StringWriter help = new();
        int code = await parse.InvokeAsync(new SluiceInvocation { Stop = stop, ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false, Output = help }, stop.Token);
        await Console.Out.WriteAsync(help.ToString().Replace("sluice-host", "sluice", StringComparison.Ordinal));
        return args.Length == 0 ? ExitCode.BadUsage : code;

        void Cancel(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Signal();
        }
    }

    // 'study plan ', with a blank behind; nothing for the program itself.
    private static string PathOf(System.CommandLine.Parsing.CommandResult result) => result.Command is RootCommand ? ""
        : $"{(result.Parent is System.CommandLine.Parsing.CommandResult parent ? PathOf(parent) : "")}{result.Command.Name} ";

    /// <summary>The whole command tree; tests read names and helps from it.</summary>
    internal static RootCommand Create()
    {
        RootCommand root = new("Sluice turns pools of instruction-tuning rows into training sets: rows are scored once into a durable pool, recipes then choose from it.");
        foreach (Command verb in (Command[])
        [
            RunVerb.Create(), ServeVerb.Create(), ValidateVerb.Create(), SchemaVerb.Create(), ForecastVerb.Create(), ImportVerb.Create(), SelectVerb.Create(), IterateVerb.Create(), DiffVerb.Create(), WhyVerb.Create(),
            ExportVerb.Create(), VerifyVerb.Create(), RepairVerb.Create(), ReplayVerb.Create(), StudyVerb.Create(), ModelsVerb.Create(), DemoVerb.Create(),
        ])
        {
            root.Subcommands.Add(verb);
        }

        return root;
    }
}
