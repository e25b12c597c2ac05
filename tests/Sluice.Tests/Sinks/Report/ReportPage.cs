using System.Xml;
using System.Xml.Linq;

namespace Sluice.Tests.Sinks.Report;

/// <summary>A page read back. Reading throws when it is not well-formed.</summary>
internal sealed class ReportPage
{
    public ReportPage(string path)
    {
        Source = File.ReadAllText(path);
        Bytes = new FileInfo(path).Length;
        using XmlReader reader = XmlReader.Create(new StringReader(Source), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        Root = XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
    }

    /// <summary>The file's text.</summary>
    public string Source { get; }

    /// <summary>The file's size.</summary>
    public long Bytes { get; }

    /// <summary>The element <c>html</c>.</summary>
    public XElement Root { get; }

    /// <summary>Anchors of the chapters, in order.</summary>
    public string[] Sections => [.. Root.Descendants("section").Select(s => (string)s.Attribute("id")!)];

    /// <summary>A chapter.</summary>
    public XElement Section(string id) => Root.Descendants("section").Single(s => (string?)s.Attribute("id") == id);

    /// <summary>Elements of a style in a chapter.</summary>
    public XElement[] Styled(string section, string style) =>
        [.. Section(section).Descendants().Where(e => ((string?)e.Attribute("class") ?? "").Split(' ').Contains(style))];
}
