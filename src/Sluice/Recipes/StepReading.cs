using Microsoft.Extensions.Configuration;
using Sluice.Configuration;
using Sluice.Proportions;

namespace Sluice.Recipes;

/// <summary>One entry of a recipe being read: its keys, and where its mistakes go.</summary>
internal sealed class StepReading
{
    private readonly IConfigurationSection _entry;
    private readonly ConfigurationReader _reader;

    /// <param name="entry">The entry.</param>
    /// <param name="baseFolder">The folder that paths in it start from.</param>
    /// <param name="solver">Solves linear programmes.</param>
    /// <param name="errors">Takes the mistakes.</param>
    public StepReading(IConfigurationSection entry, string baseFolder, ILinearSolver solver, List<ConfigurationError> errors)
    {
        _entry = entry;
        _reader = new ConfigurationReader(errors);
        BaseFolder = baseFolder;
        Solver = solver;
        Errors = errors;
    }

    /// <summary>The entry's key, such as <c>Recipe:2</c>.</summary>
    public string Key => _entry.Path;

    /// <summary>The folder that relative paths start from: that of the recipe's file.</summary>
    public string BaseFolder { get; }

    /// <summary>Solves linear programmes.</summary>
    public ILinearSolver Solver { get; }

    /// <summary>The mistakes so far.</summary>
    public List<ConfigurationError> Errors { get; }

    /// <summary>Reads the step's options; unknown keys and values out of range are mistakes.</summary>
    public T Options<T>()
        where T : class, new() => _reader.Read<T>(_entry, StepCatalog.CommonKeys);

    /// <summary>Adds a mistake at a key of the step unless the condition holds.</summary>
    public void Check(bool holds, string message, string? key = null)
    {
        if (!holds)
        {
            Errors.Add(new(key is null ? Key : $"{Key}:{key}", message));
        }
    }

    /// <summary>Adds a mistake when a required text is empty.</summary>
    public void Require(string key, string value) => Check(value.Length > 0, $"The key {key} is required.");
}
