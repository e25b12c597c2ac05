namespace Sluice.Pool;

/// <summary>What the values of a column are.</summary>
public enum ColumnKind
{
    /// <summary>A whole number a row.</summary>
    Integer,

    /// <summary>A number a row.</summary>
    Number,

    /// <summary>A text a row.</summary>
    Text,

    /// <summary>A list of numbers a row.</summary>
    NumberList,

    /// <summary>A list of texts a row.</summary>
    TextList,

    /// <summary>A vector of floats a row, all of one width.</summary>
    Vector,
}
