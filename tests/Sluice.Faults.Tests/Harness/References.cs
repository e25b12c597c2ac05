namespace Sluice.Faults.Tests.Harness;

/// <summary>The undisturbed runs, each made once for all tests of the collection.</summary>
public sealed class References : IDisposable
{
    private readonly Dictionary<Scenario, Reference> _made = [];

    internal Reference Of(Scenario scenario)
    {
        if (!_made.TryGetValue(scenario, out Reference? reference))
        {
            _made[scenario] = reference = new Reference(scenario);
        }

        return reference;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Reference reference in _made.Values)
        {
            reference.Dispose();
        }
    }
}
