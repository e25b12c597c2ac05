namespace Sluice.Dedup;

/// <summary>Makes the keys of an item again.</summary>
internal interface IBandKeys
{
    /// <summary>The keys with which the item was added, one a band; valid until the next call.</summary>
    /// <param name="item">An item that was added.</param>
    ReadOnlySpan<uint> Of(uint item);
}
