namespace Sluice.Inference.Manifests;

/// <summary>A file of a model.</summary>
/// <param name="File">Its name, relative to the manifest's folder.</param>
/// <param name="Sha256">Its SHA-256, 64 lower-case hexadecimal digits.</param>
internal sealed record ModelFile(string File, string Sha256);
