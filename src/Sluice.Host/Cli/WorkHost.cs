using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sluice.Configuration;
using Sluice.Host.Services;
using Sluice.Pool;
using Sluice.Runs;

namespace Sluice.Host.Cli;

/// <summary>The program's services as a work directory's last run had them: what is done to the directory later must cut batches and score as that run did.</summary>
internal sealed class WorkHost : IDisposable
{
    private readonly IHost _host;

    private WorkHost(IHost host, string work)
    {
        _host = host;
        Work = work;
    }

    /// <summary>The work directory.</summary>
    public string Work { get; }

    /// <summary>Builds the services from the directory's own configuration and the command line's <c>--set</c>. Throws <see cref="InvalidDataException"/> when the directory holds none.</summary>
    public static WorkHost Open(string directory, VerbContext context)
    {
        string work = Path.GetDirectoryName(PoolReader.Locate(directory))!;
        IConfigurationRoot configuration = WorkConfiguration.Load(work).Build(ConfigurationLayers.Overrides(context.Values.Sets));
        List<ConfigurationError> errors = [];
        Sections.Check(configuration, errors);
        if (errors.Count > 0)
        {
            throw new ConfigurationException(errors);
        }

        IHost host = SluiceHost.Build(configuration, context.Display);
        context.Follow(host.Services);
        return new WorkHost(host, work);
    }

    /// <summary>A service.</summary>
    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <inheritdoc/>
    public void Dispose() => _host.Dispose();
}
