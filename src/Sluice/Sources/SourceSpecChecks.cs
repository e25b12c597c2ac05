using Sluice.Diagnostics;

namespace Sluice.Sources;

/// <summary>Checks what a source says apart from its path.</summary>
internal static class SourceSpecChecks
{
    /// <summary>Adds every mistake to the errors. Returns the format stated, if any, and the shape to read by.</summary>
    public static (SourceFormat? Format, string Shape) Check(SourceSpec spec, string key, List<SourceError> errors)
    {
        if (spec.Path.Length == 0)
        {
            errors.Add(new SourceError($"{key}:Path", "Found nothing, expected a file, a folder or a glob."));
        }

        SourceFormat? format = spec.Format is null ? null : FileEndings.Named(spec.Format);
        if (spec.Format is not null && format is null)
        {
            errors.Add(new SourceError($"{key}:Format", Unknown(spec.Format, FileEndings.FormatNames)));
        }

        string shape = spec.Shape?.ToLowerInvariant() ?? (spec.Mapping is null ? RowShapes.Auto : RowShapes.Mapping);
        if (!RowShapes.All.Contains(shape))
        {
            errors.Add(new SourceError($"{key}:Shape", Unknown(spec.Shape!, RowShapes.All)));
        }
        else if (shape == RowShapes.Mapping)
        {
            CheckMapping(spec.Mapping, key, errors);
        }
        else if (spec.Mapping is not null)
        {
            errors.Add(new SourceError($"{key}:Shape", $"Found '{spec.Shape}' beside a Mapping, expected 'mapping' or no Shape."));
        }

        return (format, shape);
    }

    private static void CheckMapping(FieldMapping? mapping, string key, List<SourceError> errors)
    {
        if (mapping is null)
        {
            errors.Add(new SourceError($"{key}:Mapping", "Found none, expected one as Shape 'mapping' says: {\"Instruction\": field, \"Output\": field}."));
            return;
        }

        foreach ((string name, string field) in new[] { (nameof(mapping.Instruction), mapping.Instruction), (nameof(mapping.Output), mapping.Output) })
        {
            if (field.Length == 0)
            {
                errors.Add(new SourceError($"{key}:Mapping:{name}", "Found nothing, expected the name of a field; dots reach into objects."));
            }
        }
    }

    private static string Unknown(string found, IReadOnlyList<string> known) =>
        $"Found '{found}', expected one of {string.Join(", ", known)}.{Suggestion.DidYouMean(found, known)}";
}
