using Sluice.Configuration;
using Sluice.Endpoints;
using Sluice.Inference;
using Sluice.Inference.TextViews;
using Sluice.Stages;

namespace Sluice.Runs;

/// <summary>Collects the stages that are switched on, in the order of the flow, and what is wrong with each.</summary>
internal sealed class StageBuilder(ModelCatalog catalog, string provider)
{
    private readonly Dictionary<(string Name, TextView? View), TextModel> _models = [];

    /// <summary>The mistakes.</summary>
    public List<ConfigurationError> Errors { get; } = [];

    /// <summary>The stages.</summary>
    public List<IColumnStage> Stages { get; } = [];

    /// <summary>What is closed with the stages.</summary>
    public List<IDisposable> Owned { get; } = [];

    /// <summary>Model to what runs its graph.</summary>
    public SortedDictionary<string, string> Providers { get; } = new(StringComparer.Ordinal);

    /// <summary>Why a wished provider is not the one used.</summary>
    public HashSet<string> Fallbacks { get; } = [];

    /// <summary>Column to the fingerprint of what makes it, in the order of the flow.</summary>
    public Dictionary<string, string> Fingerprints { get; } = new(StringComparer.Ordinal);

    /// <summary>Columns of one number a row among them: those that a condition may name.</summary>
    public List<string> Numbers { get; } = [];

    /// <summary>Counts of the stages that ask.</summary>
    public List<EndpointMeter> Asking { get; } = [];

    /// <summary>Names rows.</summary>
    public RowIds Ids { get; } = new();

    /// <summary>Opens a model and adds its stage; a fault becomes a mistake of the option that names the model. Stages of one model share it.</summary>
    public void AddModel(bool enabled, string section, string model, Func<TextModel, IBatchStage> make, params ReadOnlySpan<string> columns) =>
        AddModel(enabled, section, model, null, make, columns);

    /// <summary>The same for a model that reads another text of a row than its manifest says; null for the manifest's.</summary>
    public void AddModel(bool enabled, string section, string model, TextView? view, Func<TextModel, IBatchStage> make, params ReadOnlySpan<string> columns)
    {
        if (!enabled)
        {
            return;
        }

        try
        {
            if (!_models.TryGetValue((model, view), out TextModel? opened))
            {
                _models[(model, view)] = opened = catalog.Open(model, view);
                Owned.Add(opened);
                Providers[model] = opened.Provider;
                if (opened.FallbackReason is { } reason)
                {
                    Fallbacks.Add($"Inference:Provider is {provider}, but models run on {opened.Provider.Split(' ')[0]}: {reason}");
                }
            }

            Add(make(opened), columns);
        }
        catch (Exception exception) when (exception is ModelException or InferenceException or IOException or InvalidDataException)
        {
            Errors.Add(new($"{section}:Model", exception.Message));
        }
    }

    /// <summary>Adds a stage.</summary>
    public void Add(IColumnStage stage, params ReadOnlySpan<string> columns)
    {
        Stages.Add(stage);
        foreach (string column in columns)
        {
            Fingerprints[column] = stage.Fingerprint;
        }
    }
}
