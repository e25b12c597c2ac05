namespace Sluice.Host.Serve.Units;

/// <summary>What is wrong with a hosted pipeline, in sentences; nothing when all is well.</summary>
internal sealed class UnitHealth
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Times, string Why)> _faults = new(StringComparer.Ordinal);
    private string? _end;

    /// <summary>What ended the pipeline for good; null while it works.</summary>
    public string? End
    {
        get
        {
            lock (_gate)
            {
                return _end;
            }
        }

        set
        {
            lock (_gate)
            {
                _end = value;
            }
        }
    }

    /// <summary>Notes that something failed. Returns how often in a row.</summary>
    public int Failed(string what, string why)
    {
        lock (_gate)
        {
            int times = _faults.GetValueOrDefault(what).Times + 1;
            _faults[what] = (times, times == 1 ? $"The last {what} failed: {why}" : $"The last {what}, the {Ordinal(times)} in a row, failed: {why}");
            return times;
        }
    }

    /// <summary>Notes something that is no fault and yet should be looked at.</summary>
    public void Note(string what, string sentence)
    {
        lock (_gate)
        {
            _faults[what] = (1, sentence);
        }
    }

    /// <summary>It works again.</summary>
    public void Succeeded(string what)
    {
        lock (_gate)
        {
            _faults.Remove(what);
        }
    }

    /// <summary>What is wrong, a sentence each.</summary>
    public IReadOnlyList<string> Reasons()
    {
        lock (_gate)
        {
            return [.. _end is null ? (string[])[] : [_end], .. _faults.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value.Why)];
        }
    }

    private static string Ordinal(int number) => (number % 100 is 11 or 12 or 13 ? 0 : number % 10) switch
    {
        1 => $"{number}st",
        2 => $"{number}nd",
        3 => $"{number}rd",
        _ => $"{number}th",
    };
}
