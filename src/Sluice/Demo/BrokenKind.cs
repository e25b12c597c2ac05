namespace Sluice.Demo;

/// <summary>In what way a row is broken. In Parquet, where neither a cut line nor a bare value can stand, all texts of such a row are null.</summary>
internal enum BrokenKind
{
    /// <summary>The instruction is null.</summary>
    NullInstruction,

    /// <summary>Instruction and input are empty.</summary>
    EmptyInstruction,

    /// <summary>There is no output (null in Parquet).</summary>
    MissingOutput,

    /// <summary>The line ends in the middle of the object.</summary>
    CutOffLine,

    /// <summary>The line is JSON but no object.</summary>
    NotAnObject,
}
