namespace Sluice.Parsing;

/// <summary>The fields of a turn that are read.</summary>
internal enum TurnField
{
    None,
    Role,
    Text,
    Calls,
}
