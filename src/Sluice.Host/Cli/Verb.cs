using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Sluice.Configuration;
using Sluice.Endpoints;
using Sluice.Host.Display;
using Sluice.Host.Services;
using Sluice.Inference;
using Sluice.Recipes;
using Sluice.Runs;
using Sluice.Runs.Loop;
using Sluice.Topology;

namespace Sluice.Host.Cli;

/// <summary>What every verb does around its own work: configuration, services, errors with their exit code.</summary>
internal static class Verb
{
    /// <summary>Gives a command its action.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="common">Its common options.</param>
    /// <param name="file">The configuration file that the call names, or null.</param>
    /// <param name="work">The verb's own work; returns the exit code.</param>
    /// <param name="readsMore">Whether the verb reads more than the sections of options, so that it reports their mistakes together with its own.</param>
    public static Command Run(
        Command command, CommonOptions common, Func<ParseResult, string?> file, Func<VerbContext, ParseResult, CancellationToken, Task<int>> work, bool readsMore = false)
    {
        common.AddTo(command);
        command.SetAction(async (parse, token) =>
        {
            CommonValues values = common.Read(parse);
            return await GuardAsync(values, async () =>
            {
                string? path = file(parse);
                IConfigurationRoot configuration = ConfigurationLayers.Build(path, values.Sets);
                IRunDisplay display = DisplayChoice.Create(values);
                using IHost host = SluiceHost.Build(configuration, display);
                List<ConfigurationError> errors = [];
                Sections.Check(configuration, errors);
                if (errors.Count > 0 && !readsMore)
                {
                    throw new ConfigurationException(errors);
                }

                VerbContext context = new(values, path, configuration, host.Services, display, errors, ((SluiceInvocation)parse.InvocationConfiguration).Stop);
                context.Follow(host.Services);
                return await work(context, parse, token);
            }, token);
        });
        return command;
    }

    private static async Task<int> GuardAsync(CommonValues values, Func<Task<int>> work, CancellationToken token)
    {
        try
        {
            return await work();
        }
        catch (ConfigurationException exception)
        {
            foreach (ConfigurationError error in exception.Errors)
            {
                await ErrorAsync(values, $"{error.Key}: {error.Message}");
            }

            return ExitCode.BadUsage;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            await ErrorAsync(values, "Interrupted. What is committed is kept; the same command resumes.");
            return ExitCode.Interrupted;
        }
        catch (Exception exception) when (exception is RecipeException or IOException or InvalidDataException or UnauthorizedAccessException or StageFaultException
            or TooManyRejectsException or TooManyUnscoredException or InferenceException or ModelException or EndpointException or TrainerException or DllNotFoundException)
        {
            await ErrorAsync(values, exception.Message);
            return ExitCode.Failed;
        }
#pragma warning disable CA1031 // The last resort: say that it is a bug, with all there is to find it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await ErrorAsync(values, $"Unexpected fault; this is a bug. {exception}");
            return ExitCode.Failed;
        }
    }

    /// <summary>An error as the call wants it: a line for people or an object for programs.</summary>
    internal static string ErrorLine(CommonValues values, string message) => values.Json ? JsonSerializer.Serialize(new { @event = "error", message }) : $"error: {message}";

    private static Task ErrorAsync(CommonValues values, string message) => Console.Error.WriteLineAsync(ErrorLine(values, message));
}
