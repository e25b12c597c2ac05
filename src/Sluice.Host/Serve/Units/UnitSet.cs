using Sluice.Configuration;

namespace Sluice.Host.Serve.Units;

/// <summary>The hosted pipelines.</summary>
internal sealed class UnitSet : IDisposable
{
    private readonly List<PipelineUnit> _units = [];

    /// <summary>All of them, in the order of the configuration.</summary>
    public IReadOnlyList<PipelineUnit> All => _units;

    /// <summary>Whether the service ends.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>Opens pipelines. Throws <see cref="ConfigurationException"/> with the mistakes of all of them; none is held open then.</summary>
    public static UnitSet Open(IReadOnlyList<UnitSetup> setups)
    {
        UnitSet set = new();
        List<ConfigurationError> errors = [];
        foreach (UnitSetup setup in setups)
        {
            try
            {
                PipelineUnit unit = new(setup);
                set._units.Add(unit);
                unit.Open();
            }
            catch (ConfigurationException exception)
            {
                errors.AddRange(setups.Count == 1 ? exception.Errors : exception.Errors.Select(e => e with { Key = $"{setup.File} {e.Key}" }));
            }
        }

        foreach (IGrouping<string, PipelineUnit> same in set._units.GroupBy(u => u.Name).Where(g => g.Skip(1).Any()))
        {
            errors.Add(new("Name", $"Found '{same.Key}' in {same.Count()} pipelines, expected a name of its own for each: it stands in addresses and figures."));
        }

        if (errors.Count > 0)
        {
            set.Dispose();
            throw new ConfigurationException(errors);
        }

        return set;
    }

    /// <summary>The pipeline of a name; null when there is none.</summary>
    public PipelineUnit? Find(string name) => _units.Find(u => u.Name == name);

    /// <summary>Takes no more rows over HTTP: the service ends.</summary>
    public void Stop()
    {
        IsStopping = true;
        _units.ForEach(u => u.Inbox.Close("The service is stopping. Send the request again, with the same key, once it runs."));
    }

    /// <inheritdoc/>
    public void Dispose() => _units.ForEach(u => u.Dispose());
}
