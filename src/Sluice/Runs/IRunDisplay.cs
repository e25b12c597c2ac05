namespace Sluice.Runs;

/// <summary>Where a run tells how it goes: a live terminal, plain lines or JSON lines. Called from many threads.</summary>
public interface IRunDisplay
{
    /// <summary>Says one thing worth reading.</summary>
    void Say(string message);

    /// <summary>Says something that is not an error and yet should be looked at.</summary>
    void Warn(string message);

    /// <summary>A phase with a known end has begun, such as <c>Scoring</c>; the display asks <paramref name="progress"/> now and then until the result is disposed.</summary>
    IDisposable Phase(string name, Func<RunProgress> progress);
}
