using System.Text;
using Sluice.DuckDb.Interop;
using Sluice.DuckDb.Rows;
using Sluice.Records;

namespace Sluice.DuckDb.Tables;

/// <summary>Structs and maps, as JSON text.</summary>
internal sealed class JsonReader(ColumnType plain, int rows) : ColumnReader
{
    private readonly Growing<string?> _values = new(rows);
    private readonly JsonNode _node = new(plain);
    private readonly JsonBuffer _json = new(256);

    public override string Select(string name) => $"CAST({name} AS {plain.ToSql()})";

    public override void Append(Vector vector, int count)
    {
        _node.Bind(vector);
        Span<string?> values = _values.Next(count);
        for (int i = 0; i < count; i++)
        {
            if (vector.IsValid(i))
            {
                _json.Clear();
                _node.Write(_json, i);
                values[i] = Encoding.UTF8.GetString(_json.Written.Span);
            }
        }
    }

    public override ColumnData Finish() => new TextData(_values.Finish());
}
