using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Configuration;
using Sluice.Runs;
using Sluice.Topology;

namespace Sluice.Host.Cli;

/// <summary>What a verb works with.</summary>
/// <param name="Values">Its common options.</param>
/// <param name="File">The configuration file named on the command line, or null.</param>
/// <param name="Configuration">The layered configuration.</param>
/// <param name="Services">The program's services.</param>
/// <param name="Display">Where it speaks.</param>
/// <param name="Errors">Mistakes in the sections of options; a verb that reads more configuration adds its own and throws them together.</param>
/// <param name="Stop">How the program ends when it is told to.</param>
internal sealed record VerbContext(
    CommonValues Values, string? File, IConfigurationRoot Configuration, IServiceProvider Services, IRunDisplay Display, List<ConfigurationError> Errors, StopGuard Stop)
{
    /// <summary>A service. Native libraries are loaded when first asked for, so a verb loads only what it uses.</summary>
    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>From now on the flow of these services is the one that a signal stops.</summary>
    public void Follow(IServiceProvider services) =>
        Stop.Follow(services.GetRequiredService<FlowContext>(), message => Console.Error.WriteLine(Verb.ErrorLine(Values, message)));

    /// <summary>Prints a result for people or programs: on standard output, and not when quiet.</summary>
    public void Print(string text)
    {
        if (!Values.Quiet)
        {
            Console.Out.WriteLine(text);
        }
    }
}
