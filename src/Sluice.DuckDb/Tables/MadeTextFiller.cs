using Sluice.DuckDb.Interop;
using Sluice.Records;

namespace Sluice.DuckDb.Tables;

/// <summary>Texts that are made as they are written.</summary>
internal sealed class MadeTextFiller(MadeTextData data) : ColumnFiller(DuckDbType.Varchar, isList: false)
{
    private readonly Utf8Scratch _utf8 = new();

    public override void Fill(WritableVector vector, int start, int count)
    {
        for (int i = 0; i < count; i++)
        {
            string? text = data.Text(start + i);
            if (text is not null)
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
