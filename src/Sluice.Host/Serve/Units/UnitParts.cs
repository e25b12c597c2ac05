using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sluice.Configuration;
using Sluice.Host.Services;
using Sluice.Inference;
using Sluice.Proportions;
using Sluice.Runs;
using Sluice.Runs.Forecast;

namespace Sluice.Host.Serve.Units;

/// <summary>A hosted pipeline as its configuration says now: its options, its services. Configuration that changes makes others.</summary>
internal sealed class UnitParts : IDisposable
{
    private readonly IHost _host;

    private UnitParts(IHost host, Pipeline pipeline, ServeOptions options, MeteredRuntime models)
    {
        _host = host;
        Pipeline = pipeline;
        Options = options;
        Models = models;
    }

    /// <summary>The pipeline.</summary>
    public Pipeline Pipeline { get; }

    /// <summary>The service's options, those of the pipeline's file included.</summary>
    public ServeOptions Options { get; }

    /// <summary>Its models, which it may share with other pipelines, and the tokens that they read.</summary>
    public MeteredRuntime Models { get; }

    /// <summary>Reads a pipeline's configuration. Throws <see cref="ConfigurationException"/> with every mistake.</summary>
    /// <param name="file">The pipeline file; null: everything stands in appsettings.</param>
    /// <param name="overrides">What the command line sets.</param>
    /// <param name="runtime">Opens models for all pipelines.</param>
    /// <param name="display">Where its runs tell how they go.</param>
    public static UnitParts Read(string? file, UnitOverrides overrides, IInferenceRuntime runtime, IRunDisplay display)
    {
        List<ConfigurationError> errors = [];
        IConfigurationRoot configuration = ConfigurationLayers.Build(file, overrides.Sets);
        Sections.Check(configuration, errors);
        ServeOptions options = ReadOptions(configuration);
        MeteredRuntime models = new(runtime);
        IHost host = SluiceHost.Build(configuration, display, services => services.AddSingleton<IInferenceRuntime>(models));
        try
        {
            Pipeline pipeline = Pipeline.Read(configuration, file, overrides.Work, overrides.Out, host.Services.GetRequiredService<ILinearSolver>(), errors);
            if (pipeline.Options.Loop.Epochs > 0)
            {
                errors.Add(new("Loop:Epochs", $"Found {pipeline.Options.Loop.Epochs}, expected 0 in a service: a loop is about one pool that does not grow. Use 'sluice run'."));
            }

            return errors.Count > 0 ? throw new ConfigurationException(errors) : new UnitParts(host, pipeline, options, models);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>The service's options in a configuration; mistakes are reported by <see cref="Sections.Check"/>.</summary>
    public static ServeOptions ReadOptions(IConfiguration configuration) => new ConfigurationReader([]).Read<ServeOptions>(configuration.GetSection(ServeOptions.SectionName));

    /// <summary>A service.</summary>
    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <inheritdoc/>
    public void Dispose() => _host.Dispose();
}

/// <summary>What the command line says of every hosted pipeline. Directories can be named for a single one only.</summary>
internal sealed record UnitOverrides(IReadOnlyList<string> Sets, string? Work, string? Out);
