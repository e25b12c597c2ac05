namespace Sluice.Selection.TagCoverage;

/// <summary>Collects <see cref="TagSets"/> a row at a time.</summary>
internal sealed class TagSetsBuilder
{
    private readonly List<int> _offsets = [0];
    private readonly List<int> _tags = [];

    // By tag the number (from 1) of the last row that holds it: repeats are found without looking the row through.
    private readonly List<int> _seen = [];

    /// <summary>Adds a tag, 0 or more, to the row being built; one that it already has changes nothing.</summary>
    public void Add(int tag)
    {
        while (_seen.Count <= tag)
        {
            _seen.Add(0);
        }

        if (_seen[tag] != _offsets.Count)
        {
            _seen[tag] = _offsets.Count;
            _tags.Add(tag);
        }
    }

    /// <summary>Ends the row; one without tags is a row too.</summary>
    public void EndRow() => _offsets.Add(_tags.Count);

    /// <summary>The rows so far.</summary>
    /// <param name="tags">How many tags there are; greater than every tag added.</param>
    public TagSets Build(int tags) => new([.. _offsets], [.. _tags], tags);
}
