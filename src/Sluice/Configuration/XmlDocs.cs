using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sluice.Configuration;

/// <summary>The summaries of doc comments, as the compiler writes them beside each assembly.</summary>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<string, string> _summaries = new(StringComparer.Ordinal);

    /// <summary>Reads the doc files of assemblies. Throws <see cref="InvalidDataException"/> when one is not beside its assembly.</summary>
    public static XmlDocs Load(IEnumerable<Assembly> assemblies)
    {
        XmlDocs docs = new();
        foreach (Assembly assembly in assemblies)
        {
            string path = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
            if (!File.Exists(path))
            {
                throw new InvalidDataException($"Found no {path}, expected the program's doc comments, which describe each option. The build writes them there; copy them with the program.");
            }

            foreach (XElement member in XDocument.Load(path).Descendants("member"))
            {
                if (member.Attribute("name")?.Value is { } name && member.Element("summary") is { } summary)
                {
                    docs._summaries[name] = Plain(summary);
                }
            }
        }

        return docs;
    }

    /// <summary>What a class is for; empty when nothing is said.</summary>
    public string Of(Type type) => _summaries.GetValueOrDefault($"T:{type.FullName}", "");

    /// <summary>What an option means; empty when nothing is said.</summary>
    public string Of(PropertyInfo property) => _summaries.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}", "");

    private static string Plain(XElement summary)
    {
        StringBuilder text = new();
        Append(summary, text);
        return Blanks().Replace(text.ToString(), " ").Trim();
    }

    private static void Append(XElement element, StringBuilder text)
    {
        foreach (XNode node in element.Nodes())
        {
            if (node is XText words)
            {
                text.Append(words.Value);
            }
            else if (node is XElement { Name.LocalName: "see" or "paramref" } reference && reference.IsEmpty)
            {
                // P:Sluice.Recipes.Steps.KCenterStepOptions.Start is Start to a user.
                string target = (string?)reference.Attribute("cref") ?? (string?)reference.Attribute("langword") ?? (string?)reference.Attribute("name") ?? "";
                string name = target[(target.LastIndexOf('.') + 1)..];
                text.Append(name.EndsWith("Options", StringComparison.Ordinal) || !name.EndsWith("Step", StringComparison.Ordinal) ? name : name[..^"Step".Length]);
            }
            else if (node is XElement inner)
            {
                Append(inner, text);
            }
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
