using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Sluice.Pool;

/// <summary>
/// How far a run had come when it was cut off, for the receipt of the next: rows taken into the flow, and seconds of work that the commits hold. One line of fixed
/// length, written over in place without a sync: it outlives the death of the process, and after a power cut at worst the receipt says less.
/// </summary>
internal sealed class PoolClock : IDisposable
{
    public const string FileName = "progress";
    private readonly SafeFileHandle? _file;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly Lock _gate = new();
    private long _taken;
    private double _secondsKept;

    private PoolClock(SafeFileHandle? file, TimeProvider time, long taken, double secondsKept)
    {
        _file = file;
        _time = time;
        _started = time.GetTimestamp();
        TakenBefore = _taken = taken;
        SecondsBefore = _secondsKept = secondsKept;
    }

    /// <summary>Rows that the runs before this one took into the flow; 0 when that is not known.</summary>
    public long TakenBefore { get; }

    /// <summary>Seconds of work that the commits of the runs before this one hold; 0 when that is not known.</summary>
    public double SecondsBefore { get; }

    /// <summary>Opens the clock of a pool. A disk that refuses it costs the receipt, not the run.</summary>
    public static PoolClock Open(string folder, TimeProvider time)
    {
        try
        {
            SafeFileHandle file = File.OpenHandle(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            byte[] line = new byte[64];
            string[] parts = Encoding.ASCII.GetString(line.AsSpan(0, RandomAccess.Read(file, line, 0))).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return parts.Length >= 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long taken)
                && double.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) ? new PoolClock(file, time, taken, seconds) : new PoolClock(file, time, 0, 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new PoolClock(null, time, 0, 0);
        }
    }

    /// <summary>Notes where the run begins: rows that are read and committed.</summary>
    public void Begin(long read)
    {
        _taken = read;
        Write();
    }

    /// <summary>Notes rows taken into the flow.</summary>
    public void Take(int rows)
    {
        Interlocked.Add(ref _taken, rows);
        Write();
    }

    /// <summary>Notes a commit.</summary>
    public void Commit()
    {
        lock (_gate)
        {
            _secondsKept = SecondsBefore + _time.GetElapsedTime(_started).TotalSeconds;
        }

        Write();
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void Write()
    {
        if (_file is null)
        {
            return;
        }

        lock (_gate)
        {
            try
            {
                RandomAccess.Write(_file, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Read(ref _taken),20} {_secondsKept,20:0.000}\n")), 0);
            }
            catch (IOException)
            {
                // A full disk is reported by what matters.
            }
        }
    }
}
