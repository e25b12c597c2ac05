using System.Text;
using Sluice.DuckDb.Interop;
using Sluice.Records;

namespace Sluice.DuckDb.Tables;

/// <summary>Texts, and as text all that is neither number nor list: dates and times as ISO writes them, byte arrays in base64.</summary>
internal sealed class TextReader(ColumnType type, int rows) : ColumnReader
{
    private readonly Growing<string?> _values = new(rows);

    public override string Select(string name) => type switch
    {
        { IsJson: true } => $"({name} ->> '$')",
        { Id: DuckDbType.Varchar } => name,
        { Id: DuckDbType.Blob } => $"base64({name})",
        _ => $"CAST({name} AS VARCHAR)",
    };

    public override bool TakesAsIs(ColumnType type) => type is { Id: DuckDbType.Varchar, IsJson: false };

    public override void Append(Vector vector, int count)
    {
        Span<string?> values = _values.Next(count);
        for (int i = 0; i < count; i++)
        {
            values[i] = vector.IsValid(i) ? Encoding.UTF8.GetString(vector.Bytes(i)) : null;
        }
    }

    public override ColumnData Finish() => new TextData(_values.Finish());
}
