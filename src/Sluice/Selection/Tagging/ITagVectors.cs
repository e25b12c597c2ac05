using Sluice.Records;

namespace Sluice.Selection.Tagging;

/// <summary>Turns tags into vectors whose angle says how near they are in meaning.</summary>
public interface ITagVectors
{
    /// <summary>
    /// One vector a tag, in the tags' order; lengths do not matter. Opens what it needs on the first call, so that nobody pays for tags that are never compared. Throws with a
    /// message that names model or file, and the tag, when a tag has no vector.
    /// </summary>
    VectorData Vectors(IReadOnlyList<string> tags, CancellationToken token);
}
