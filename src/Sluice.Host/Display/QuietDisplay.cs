using Sluice.Runs;

namespace Sluice.Host.Display;

/// <summary>Says warnings only.</summary>
internal sealed class QuietDisplay(TextWriter error) : IRunDisplay
{
    public void Say(string message)
    {
    }

    public void Warn(string message) => error.WriteLine($"warning: {message}");

    public IDisposable Phase(string name, Func<RunProgress> progress) => new Silence();

    private sealed class Silence : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
