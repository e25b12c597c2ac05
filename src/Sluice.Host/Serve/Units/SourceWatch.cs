using Sluice.Host.Serve.State;
using Sluice.Runs;
using Sluice.Sources;

namespace Sluice.Host.Serve.Units;

/// <summary>Looks into a pipeline's sources for files that are new and no longer written to.</summary>
internal sealed class SourceWatch(TimeProvider time)
{
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly SettledFiles _settled = new(time);

    /// <summary>The files that each source named at the last look.</summary>
    public IReadOnlyList<SourceState> Sources { get; private set; } = [];

    /// <summary>These files are in the pool.</summary>
    public void Done(IEnumerable<string> paths) => _done.UnionWith(paths);

    /// <summary>The files of the next round, as many as its bytes allow; none where there is nothing to do. Throws <see cref="Configuration.ConfigurationException"/> when a source is mistaken.</summary>
    public IReadOnlyList<SourceFile> Look(UnitParts parts)
    {
        List<SourceFile> found = [];
        long bytes = 0;
        PipelineRun run = parts.Get<PipelineRun>();
        (Pipeline present, IReadOnlyList<int> counts) = run.Present(parts.Pipeline);
        Sources = [.. parts.Pipeline.Sources.Select((s, i) => new SourceState(s.Path, s.Label ?? "", counts[i]))];
        foreach (SourceFile file in present.Sources.Count == 0 ? [] : run.Files(present))
        {
            if (!_done.Contains(file.Path) && _settled.IsSettled(file.Path, parts.Options.SettleTime))
            {
                long length = new FileInfo(file.Path).Length;
                if (found.Count > 0 && bytes + length > parts.Options.RoundBytes)
                {
                    break;
                }

                found.Add(file);
                bytes += length;
            }
        }

        return found;
    }
}
