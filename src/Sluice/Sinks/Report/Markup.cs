using System.Text;
using System.Xml;

namespace Sluice.Sinks.Report;

/// <summary>
/// Writes elements and text as HTML that is also well-formed XML. All text is escaped here and nowhere else, so no section can forget it.
/// </summary>
internal sealed class Markup : IDisposable
{
    private static readonly HashSet<string> s_void = ["meta", "br", "hr", "col"];

    private readonly XmlWriter _xml;
    private readonly Stack<string> _open = new();

    /// <summary>Starts a document on a stream, which stays open.</summary>
    /// <param name="stream">Where.</param>
    /// <param name="isPage">Whether it is a page; else a drawing of its own, which has no document type.</param>
    public Markup(Stream stream, bool isPage = true)
    {
        _xml = XmlWriter.Create(stream, new XmlWriterSettings
        {
            OmitXmlDeclaration = true,
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            NewLineHandling = NewLineHandling.None,
        });
        if (isPage)
        {
            _xml.WriteDocType("html", null, null, null);
        }
    }

    /// <summary>Opens an element; it ends when the returned scope is disposed of. An attribute without a value is left out; <c>xmlns</c> must be the first.</summary>
    public Scope Element(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        string? space = attributes.Length > 0 && attributes[0].Name == "xmlns" ? attributes[0].Value : null;
        if (space is null)
        {
            _xml.WriteStartElement(name);
        }
        else
        {
            _xml.WriteStartElement(name, space);
        }

        _open.Push(name);
        foreach ((string attribute, string? value) in attributes)
        {
            if (value is not null && attribute != "xmlns")
            {
                _xml.WriteAttributeString(attribute, SafeText.Clean(value));
            }
        }

        return new Scope(this);
    }

    /// <summary>An element that holds text alone.</summary>
    public void Leaf(string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        using (Element(name, attributes))
        {
            Text(text);
        }
    }

    /// <summary>Text, escaped.</summary>
    public void Text(string text) => _xml.WriteString(SafeText.Clean(text));

    /// <summary>A style sheet of our own, as it is.</summary>
    public void Style(string css)
    {
        using (Element("style"))
        {
            _xml.WriteRaw(css);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _xml.Dispose();

    private void Close()
    {
        // HTML reads <div/> as an open tag; only its void elements may close themselves.
        if (s_void.Contains(_open.Pop()))
        {
            _xml.WriteEndElement();
        }
        else
        {
            _xml.WriteFullEndElement();
        }
    }

    /// <summary>An open element.</summary>
    public readonly ref struct Scope(Markup markup)
    {
        /// <summary>Closes it.</summary>
        public void Dispose() => markup.Close();
    }
}
