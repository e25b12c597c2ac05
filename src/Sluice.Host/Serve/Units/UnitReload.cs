using Sluice.Configuration;

namespace Sluice.Host.Serve.Units;

/// <summary>Tells when the files of a pipeline's configuration have changed. A file that is being written is looked at again once it has kept still for one look.</summary>
internal sealed class UnitReload
{
    private const string Restart = "restart";
    private readonly string[] _files;
    private readonly Lock _gate = new();
    private TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _taken;
    private string _seen;

    /// <param name="file">The pipeline file, or null.</param>
    public UnitReload(string? file)
    {
        _files = [.. ConfigurationLayers.Files(file)];
        _taken = _seen = Stamp();
    }

    /// <summary>Asks for a look that takes what it finds.</summary>
    public void Ask()
    {
        lock (_gate)
        {
            _taken = "";
            _seen = Stamp();
            _asked.TrySetResult();
        }
    }

    /// <summary>Ends when somebody asks.</summary>
#pragma warning disable VSTHRD003 // The source is this class's own.
    public Task AskedAsync()
    {
        lock (_gate)
        {
            return _asked.Task;
        }
    }
#pragma warning restore VSTHRD003

    /// <summary>Whether configuration is to be read again.</summary>
    public bool IsDue()
    {
        lock (_gate)
        {
            string now = Stamp();
            bool isStill = now == _seen;
            _seen = now;
            if (now == _taken || !isStill)
            {
                return false;
            }

            _taken = now;
            _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return true;
        }
    }

    /// <summary>Reads a pipeline's configuration and says what of it waits for a restart. Null: nothing is to be taken; why not stands in the pipeline's health and log.</summary>
    public static UnitParts? Read(PipelineUnit unit)
    {
        UnitParts next;
        try
        {
            next = UnitParts.Read(unit.Setup.File, unit.Setup.Overrides, unit.Setup.Runtime, unit.Board);
        }
        catch (ConfigurationException exception)
        {
            Refuse(unit, string.Join(' ', exception.Errors.Select(e => $"{e.Key}: {e.Message}")));
            return null;
        }

        ReloadPlan plan = ReloadPlan.Of(unit.Parts, next);
        unit.Health.Succeeded(Restart);
        if (plan.NeedsRestart.Count > 0)
        {
            string later = $"{string.Join(", ", plan.NeedsRestart)} changed: taken at the next start of the service.";
            unit.Health.Note(Restart, later);
            unit.Board.Warn(later);
        }

        // A name and a work directory are those of the pool that is open.
        if (plan.Changed.Count > 0 && next.Pipeline.Name == unit.Name && next.Pipeline.WorkPath == unit.Parts.Pipeline.WorkPath)
        {
            return next;
        }

        next.Dispose();
        return null;
    }

    /// <summary>Says that a changed configuration is not taken.</summary>
    public static void Refuse(PipelineUnit unit, string why)
    {
        unit.Health.Failed("configuration", why);
        unit.Board.Warn($"The changed configuration is not taken, the one before stays in force: {why}");
    }

    private string Stamp() => string.Join('|', _files.Select(f => new FileInfo(f)).Select(f => f.Exists ? $"{f.Length} {f.LastWriteTimeUtc.Ticks}" : "absent"));
}
