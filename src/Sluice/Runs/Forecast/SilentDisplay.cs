namespace Sluice.Runs.Forecast;

/// <summary>Says nothing: what is tried on a sample is no run that anybody follows.</summary>
internal sealed class SilentDisplay : IRunDisplay, IDisposable
{
    /// <inheritdoc/>
    public void Say(string message)
    {
    }

    /// <inheritdoc/>
    public void Warn(string message)
    {
    }

    /// <inheritdoc/>
    public IDisposable Phase(string name, Func<RunProgress> progress) => this;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
