namespace Sluice.Sources.JsonArrays;

/// <summary>What JSON's grammar allows next.</summary>
internal enum Expected : byte
{
    /// <summary>A value.</summary>
    Value,

    /// <summary>A value, or the end of an array that has just begun.</summary>
    ValueOrEnd,

    /// <summary>A field name.</summary>
    Name,

    /// <summary>A field name, or the end of an object that has just begun.</summary>
    NameOrEnd,

    /// <summary>The colon after a field name.</summary>
    Colon,

    /// <summary>A comma, or the end of the array or object.</summary>
    CommaOrEnd,
}
