using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sluice.Pool.Disk;

/// <summary>
/// Says whether a fault of the disk may be met by going on from the last commit: those that pass by themselves, so many times in a row. Nothing of a segment in flight is
/// used again then, since after a failed sync nobody knows what the disk has of it.
/// </summary>
/// <param name="most">Times without a commit in between.</param>
internal sealed class DiskRetries(int most)
{
    private const int Interrupted = 4;
    private const int InputOutput = 5;
    private const int Again = 11;
    private const int Busy = 16;
    private const int TimedOut = 110;
    private const int Stale = 116;
    private int _used;
    private int _segments = -1;

    /// <summary>Whether to try once more after a fault.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="segments">Segments committed by now.</param>
    /// <param name="why">What to tell, when the answer is yes.</param>
    public bool Allow(IOException fault, int segments, [NotNullWhen(true)] out string? why)
    {
        _used = segments > _segments ? 0 : _used;
        _segments = segments;
        why = null;
        if (!Passes(fault) || _used >= most)
        {
            return false;
        }

        _used++;
        why = string.Create(CultureInfo.InvariantCulture, $"The disk failed for a moment: {fault.Message.TrimEnd('.')}. Going on from the last commit (try {_used} of {most}, Pool:Retries).");
        return true;
    }

    private static bool Passes(IOException fault) => fault.HResult is Interrupted or InputOutput or Again or Busy or TimedOut or Stale
        || fault.Message.Contains("Input/output error", StringComparison.OrdinalIgnoreCase) || fault.Message.Contains("Stale file handle", StringComparison.OrdinalIgnoreCase);
}
