namespace Sluice.Faults.Tests.Input;

/// <summary>One way in which a row goes bad.</summary>
internal enum Mutation
{
    BitFlip,
    Insert,
    Delete,
    Truncate,
    Duplicate,
    Splice,
    Nul,
    LoneSurrogate,
    InvalidUtf8,
    DeepNesting,
    HugeNumber,
    DuplicateKey,
    CarriageReturn,
    ByteOrderMark,
    SwappedType,
    Blank,
}
