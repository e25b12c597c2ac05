using System.CommandLine;
using System.Runtime.InteropServices;

namespace Sluice.Host.Cli;

/// <summary>The command line: one verb a file, in the order of the help.</summary>
internal static class SluiceCommand
{
    /// <summary>Parses and runs. Returns the exit code; Ctrl-C and SIGTERM cancel the verb, which then leaves complete files or none.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        RootCommand root = Create();
        ParseResult parse = root.Parse(args);
        if (parse.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError error in parse.Errors)
            {
                await Console.Error.WriteLineAsync($"error: {error.Message}");
            }

            await Console.Error.WriteLineAsync($"See 'sluice {(parse.CommandResult.Command is RootCommand ? "" : parse.CommandResult.Command.Name + " ")}-h'.");
            return ExitCode.BadUsage;
        }

        using CancellationTokenSource stop = new();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        return await parse.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }, stop.Token);

        void Cancel(PosixSignalContext context)
        {
            // The verb ends by itself: a second signal meets a process that is already ending.
            context.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>The whole command tree; tests read names and helps from it.</summary>
    internal static RootCommand Create()
    {
        RootCommand root = new("Sluice turns pools of instruction-tuning rows into training sets: rows are scored once into a durable pool, recipes then choose from it.");
        foreach (Command verb in (Command[])
        [
            RunVerb.Create(), ServeVerb.Create(), ValidateVerb.Create(), ImportVerb.Create(), SelectVerb.Create(), WhyVerb.Create(),
            ExportVerb.Create(), VerifyVerb.Create(), ModelsVerb.Create(), DemoVerb.Create(),
        ])
        {
            root.Subcommands.Add(verb);
        }

        return root;
    }
}
