using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Parsing;

/// <summary>Finds the conversation in a row. Holds no state; safe for use by many threads.</summary>
public interface IRowParser
{
    /// <summary>Parses one row as the file's shape says (or as found by itself). Never throws on bad input: it answers with a reason that states found, expected and place.</summary>
    /// <param name="row">The framed row; its bytes are kept by the sample.</param>
    /// <param name="file">Shape and mapping.</param>
    /// <param name="arena">Takes the unescaped texts.</param>
    ParseOutcome Parse(in RawRow row, SourceFile file, SampleArena arena);
}
