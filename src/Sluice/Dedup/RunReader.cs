namespace Sluice.Dedup;

/// <summary>Reads the entries of one run in order, each band by itself, through one buffer.</summary>
/// <param name="run">The run.</param>
/// <param name="bands">Its bands.</param>
internal sealed class RunReader(SortedRun run, int bands)
{
    private readonly ulong[] _buffer = new ulong[Math.Min(8192, run.Count)];
    private readonly int[] _read = new int[bands];
    private int _band = -1;
    private int _start;
    private int _end;

    /// <summary>The entries of a band that come next in a section of the key space; none when the section has no more. Valid until the next call.</summary>
    /// <param name="band">The band.</param>
    /// <param name="section">Leading bits of the keys, no lower than before.</param>
    /// <param name="bits">How many.</param>
    public ReadOnlySpan<ulong> Next(int band, uint section, int bits)
    {
        int at = _read[band];
        if (band != _band || at >= _end)
        {
            _band = band;
            _start = at;
            _end = at + Math.Min(_buffer.Length, run.Count - at);
            run.Read(band, at, _buffer.AsSpan(0, _end - at));
        }

        ReadOnlySpan<ulong> entries = _buffer.AsSpan(at - _start, _end - at);
        int count = section + 1 == 1u << bits ? entries.Length : BandEntry.CountBelow(entries, (section + 1) << (32 - bits));
        _read[band] += count;
        return entries[..count];
    }
}
