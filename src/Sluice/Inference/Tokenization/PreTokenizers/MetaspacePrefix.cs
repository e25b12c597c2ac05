namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>Which pieces get a visible space in front.</summary>
internal enum MetaspacePrefix
{
    /// <summary>All that have none.</summary>
    Always,

    /// <summary>The one at the start of the text.</summary>
    First,

    /// <summary>None.</summary>
    Never,
}
