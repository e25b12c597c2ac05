namespace Sluice.DuckDb.Rows.Pages;

/// <summary>Types of the compact protocol, by their numbers in it.</summary>
internal enum CompactType : byte
{
    True = 1,
    False = 2,
    Byte = 3,
    I16 = 4,
    I32 = 5,
    I64 = 6,
    Double = 7,
    Binary = 8,
    List = 9,
    Set = 10,
    Map = 11,
    Struct = 12,
}
