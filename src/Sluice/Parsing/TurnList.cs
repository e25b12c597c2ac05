using System.Buffers;
using Sluice.Records;

namespace Sluice.Parsing;

/// <summary>Collects the turns of a row in a rented array until their number is known.</summary>
internal struct TurnList
{
    private Turn[]? _rented;

    /// <summary>Turns so far.</summary>
    public int Count { get; private set; }

    /// <summary>The turns so far.</summary>
    public readonly ReadOnlySpan<Turn> Turns => _rented.AsSpan(0, Count);

    /// <summary>Adds a turn.</summary>
    public void Add(Turn turn)
    {
        _rented ??= ArrayPool<Turn>.Shared.Rent(16);
        if (Count == _rented.Length)
        {
            Turn[] larger = ArrayPool<Turn>.Shared.Rent(Count * 2);
            _rented.CopyTo(larger, 0);
            ArrayPool<Turn>.Shared.Return(_rented, clearArray: true);
            _rented = larger;
        }

        _rented[Count++] = turn;
    }

    /// <summary>The turns where they stay, a system turn before them when its text is not empty.</summary>
    public readonly ArraySegment<Turn> Keep(Utf8Text system, SampleArena arena)
    {
        int first = system.IsEmpty ? 0 : 1;
        ArraySegment<Turn> turns = arena.RentTurns(Count + first);
        if (first > 0)
        {
            turns[0] = new Turn(Role.System, system);
        }

        Turns.CopyTo(turns.AsSpan(first));
        return turns;
    }

    /// <summary>Gives the rented array back.</summary>
    public void Dispose()
    {
        if (_rented is not null)
        {
            // Cleared, or the pool would keep the texts of old rows alive.
            Array.Clear(_rented, 0, Count);
            ArrayPool<Turn>.Shared.Return(_rented);
            _rented = null;
        }
    }
}
