using Sluice.Pool;
using Sluice.Records;
using Sluice.Sinks.Report.Charts;
using Sluice.Sinks.Report.Facts;

namespace Sluice.Sinks.Report.Sections;

/// <summary>The candidates on a plane: the two directions in which their embeddings vary most.</summary>
internal sealed class MapSection : IReportSection
{
    public string Id => "map";

    public string Title => "Map of the embeddings";

    public string? Missing(ReportContext context) =>
        context.Columns.Any(c => c.Name == PoolColumns.Embedding && c.Kind == ColumnKind.Vector) ? null : "the pool has no column 'embedding' of vectors";

    public void Write(Markup markup, ReportContext context)
    {
        MapSample sample = MapSample.Of(context.Fates);
        VectorData vectors = context.Pool.Vectors(PoolColumns.Embedding, sample.Rows);
        (List<long> rows, float[] values) = Finite(sample.Rows, vectors);
        if (rows.Count < 3)
        {
            markup.Leaf("p", "Fewer than three candidates have an embedding, so there is nothing to draw.");
            return;
        }

        Pca map = Pca.Of(values, vectors.Width);
        string?[]? categories = context.Categories();
        int selected = rows.Count(r => context.Fates[r] == RowFates.Selected);
        string summary = $"{Figures.Count(selected)} of {Figures.Count(context.Outcome.Distinct)} selected and {Figures.Count(rows.Count - selected)} of {Figures.Count(context.Outcome.Dropped.Count)} dropped rows, "
            + "evenly spaced in source order";
        using (markup.Element("figure", ("class", "chart map")))
        {
            markup.Leaf("h3", "First two principal components");
            ScatterMap.Write(markup, $"Map of {summary}", map.X, map.Y, i => context.Fates[rows[i]] != RowFates.Selected ? null
                : $"row {Figures.Row(rows[i])}{(categories?[rows[i]] is { } category ? $", {SafeText.Shorten(category, 40)}" : "")}");
            using (markup.Element("figcaption"))
            {
                Legend.Write(markup, ("kept", "selected"), ("dropped", "dropped"));
                markup.Leaf("p", $"{summary}. Across: {Figures.Percent(map.ShareX)} of the shown rows’ variance; up: {Figures.Percent(map.ShareY)}. "
                    + "The rest cannot be seen here, so points that lie close may still differ. Selected rows have room of their own in the sample: the map shows where they lie, not how many they are. No unit; both axes have the same scale."
                    + (rows.Count < sample.Rows.Count ? $" {Figures.Count(sample.Rows.Count - rows.Count, "row")} without a finite vector left out." : ""));
            }
        }
    }

    private static (List<long> Rows, float[] Values) Finite(IReadOnlyList<long> rows, VectorData vectors)
    {
        List<long> kept = [];
        float[] values = vectors.Values;
        int width = vectors.Width;
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<float> row = values.AsSpan(i * width, width);
            if (float.IsFinite(System.Numerics.Tensors.TensorPrimitives.Sum(row)))
            {
                row.CopyTo(values.AsSpan(kept.Count * width, width));
                kept.Add(rows[i]);
            }
        }

        return (kept, kept.Count == rows.Count ? values : values[..(kept.Count * width)]);
    }
}
