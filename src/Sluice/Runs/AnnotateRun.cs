using Sluice.Sources;

namespace Sluice.Runs;

/// <summary>The annotate half in one go: plan, resume, stream every row through the stages into the pool.</summary>
internal sealed class AnnotateRun(AnnotateParts parts)
{
    /// <summary>
    /// Annotates what the pool in <paramref name="folder"/> does not hold yet. Throws <see cref="Configuration.ConfigurationException"/> when the pool was begun with
    /// other inputs, models or settings, naming each.
    /// </summary>
    /// <param name="folder">The pool's folder.</param>
    /// <param name="files">The inputs, in reading order.</param>
    /// <param name="stages">What rows go through.</param>
    /// <param name="planned">Called once the pool has taken the plan, so that a run that is refused changes nothing.</param>
    /// <param name="token">Stops the run; what is committed stays.</param>
    public async Task<AnnotateReport> RunAsync(string folder, IReadOnlyList<SourceFile> files, StageSet stages, Action planned, CancellationToken token)
    {
        using AnnotateSession session = Open(folder, stages);
        return await session.RunAsync(new AnnotateRound(files, planned), token);
    }

    /// <summary>A session for several rounds.</summary>
    /// <param name="folder">The pool's folder.</param>
    /// <param name="stages">What rows go through; the caller disposes them, after the session.</param>
    public AnnotateSession Open(string folder, StageSet stages) => new(parts, folder, stages);
}
