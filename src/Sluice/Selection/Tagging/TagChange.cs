namespace Sluice.Selection.Tagging;

/// <summary>The stage of normalisation that decided what became of a tag.</summary>
internal enum TagChange
{
    /// <summary>None: the tag is its own atomic tag.</summary>
    None,

    /// <summary>Left out as too rare.</summary>
    Frequency,

    /// <summary>Written in another way: case, special characters, endings.</summary>
    Rules,

    /// <summary>Near in meaning.</summary>
    Semantic,

    /// <summary>Nearly always together.</summary>
    Association,
}
