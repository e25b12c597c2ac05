using System.Runtime.CompilerServices;

namespace Sluice.Parsing.Json;

/// <summary>One bit for every open bracket, set for that of an object. A value: who copies a cursor copies them too.</summary>
[InlineArray(Length)]
internal struct Levels
{
    // Limits:MaxDepth is at most 1000.
    private const int Length = 16;
    private ulong _first;

    /// <summary>Whether the bracket at a depth, counted from 1, is that of an object.</summary>
    public readonly bool IsObject(int depth) => ((this[depth >> 6] >> (depth & 63)) & 1) != 0;

    /// <summary>Notes the bracket at a depth.</summary>
    public void Set(int depth, bool isObject)
    {
        ulong bit = 1UL << (depth & 63);
        this[depth >> 6] = isObject ? this[depth >> 6] | bit : this[depth >> 6] & ~bit;
    }
}
