using Sluice.DuckDb.Interop;

namespace Sluice.DuckDb.Tables;

/// <summary>Lists of texts.</summary>
internal sealed class TextListFiller(string[]?[] values) : ColumnFiller(DuckDbType.Varchar, isList: true)
{
    private readonly Utf8Scratch _utf8 = new();

    public override void Fill(WritableVector vector, int start, int count)
    {
        ReadOnlySpan<string[]?> part = values.AsSpan(start, count);
        int total = 0;
        foreach (string[]? list in part)
        {
            total = checked(total + (list?.Length ?? 0));
        }

        WritableVector elements = vector.Elements(total);
        int at = 0;
        for (int row = 0; row < count; row++)
        {
            string[]? list = part[row];
            vector.SetRange(row, at, list?.Length ?? 0);
            if (list is null)
            {
                vector.SetNull(row);
                continue;
            }

            foreach (string text in list)
            {
                elements.SetText(at++, _utf8.Encode(text));
            }
        }
    }
}
