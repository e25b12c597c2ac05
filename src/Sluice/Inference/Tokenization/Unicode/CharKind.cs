namespace Sluice.Inference.Tokenization.Unicode;

/// <summary>The four classes that byte-level split patterns know.</summary>
internal enum CharKind : byte
{
    /// <summary>Neither letter, number nor white space.</summary>
    Other,

    /// <summary>General category L.</summary>
    Letter,

    /// <summary>General category N.</summary>
    Number,

    /// <summary>White space.</summary>
    Space,
}
