using System.Buffers;
using System.Collections.Concurrent;
using Sluice.Records;

namespace Sluice.Parsing;

/// <summary>
/// The samples of a batch with their turns, and those of their texts that cannot stay where they lie in their row. Whoever knows that none of them is read any more disposes the arena,
/// and a later batch has all of it, so that rows allocate nothing; an arena that is only dropped leaves them to the garbage collector. For one thread.
/// </summary>
public sealed class SampleArena : IDisposable
{
    // 64 KiB: below the large-object threshold, so that a buffer that is dropped dies young.
    private const int BlockLength = 64 * 1024;

    // Bytes of the longest text that lies in a buffer with others. A longer one gets its own array, so that a half-used buffer is not thrown away for it.
    private const int LongestShared = BlockLength / 4;
    private const int TurnsPerBlock = 1024;

    // What is kept for a later batch; a batch of more leaves the rest to the garbage collector.
    private const int MostKept = 4096;
    private static readonly ConcurrentBag<SampleArena> s_idle = [];

    private readonly List<byte[]> _blocks = [];
    private readonly List<Sample> _samples = [];
    private byte[] _block = [];
    private int _used;
    private bool _lastFromBlock;
    private Turn[] _turns = [];
    private int _usedTurns;
    private int _usedSamples;
    private bool _isIdle;

    /// <summary>An arena with nothing in it: one that was disposed, where there is one.</summary>
    public static SampleArena Take()
    {
        if (!s_idle.TryTake(out SampleArena? arena))
        {
            return new SampleArena();
        }

        arena._isIdle = false;
        return arena;
    }

    /// <summary>A writable slice of <paramref name="length"/> bytes of any value, valid until the arena is disposed.</summary>
    public Memory<byte> Rent(int length)
    {
        if (_block.Length - _used < length)
        {
            if (length > LongestShared)
            {
                _lastFromBlock = false;
                return GC.AllocateUninitializedArray<byte>(length);
            }

            _block = ArrayPool<byte>.Shared.Rent(BlockLength);
            _blocks.Add(_block);
            _used = 0;
        }

        Memory<byte> slice = _block.AsMemory(_used, length);
        _used += length;
        _lastFromBlock = true;
        return slice;
    }

    /// <summary>Gives back the unused end of the slice rented last.</summary>
    public void Return(int unused)
    {
        if (_lastFromBlock)
        {
            _used -= unused;
        }
    }

    /// <summary>Room for the turns of a row.</summary>
    internal ArraySegment<Turn> RentTurns(int count)
    {
        if (_turns.Length - _usedTurns < count)
        {
            if (count > TurnsPerBlock / 4)
            {
                return new Turn[count];
            }

            _turns = new Turn[_turns.Length < TurnsPerBlock ? TurnsPerBlock : Math.Min(MostKept, _turns.Length * 2)];
            _usedTurns = 0;
        }

        _usedTurns += count;
        return new ArraySegment<Turn>(_turns, _usedTurns - count, count);
    }

    /// <summary>A sample, valid until the arena is disposed.</summary>
    internal Sample Add(in RawRow row, ArraySegment<Turn> turns, Utf8Text instruction)
    {
        if (_usedSamples == _samples.Count)
        {
            _samples.Add(new Sample());
        }

        Sample sample = _samples[_usedSamples++];
        sample.Set(row.Origin, row.Bytes, turns, instruction);
        return sample;
    }

    /// <summary>Gives samples, turns and buffers back: none of this arena may be read any more.</summary>
    public void Dispose()
    {
        if (_isIdle)
        {
            return;
        }

        foreach (byte[] block in _blocks)
        {
#if DEBUG
            // Whoever reads on sees it at once.
            block.AsSpan().Fill(0xFF);
#endif
            ArrayPool<byte>.Shared.Return(block);
        }

        _blocks.Clear();
        _block = [];
        _used = 0;
        _lastFromBlock = false;

        // Cleared, or long rows would be kept alive by short ones.
        _turns.AsSpan(0, _usedTurns).Clear();
        _usedTurns = 0;
        if (_samples.Count > MostKept)
        {
            _samples.RemoveRange(MostKept, _samples.Count - MostKept);
        }

        for (int i = Math.Min(_usedSamples, _samples.Count) - 1; i >= 0; i--)
        {
            _samples[i].Set(default, default, default, default);
        }

        _usedSamples = 0;
        _isIdle = true;
        s_idle.Add(this);
    }
}
