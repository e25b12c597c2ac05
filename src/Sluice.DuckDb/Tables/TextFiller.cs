using Sluice.DuckDb.Interop;

namespace Sluice.DuckDb.Tables;

/// <summary>Texts.</summary>
internal sealed class TextFiller(string?[] values) : ColumnFiller(DuckDbType.Varchar, isList: false)
{
    private readonly Utf8Scratch _utf8 = new();

    public override void Fill(WritableVector vector, int start, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (values[start + i] is { } text)
            {
                vector.SetText(i, _utf8.Encode(text));
            }
            else
            {
                vector.SetNull(i);
            }
        }
    }
}
