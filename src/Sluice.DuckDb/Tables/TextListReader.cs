using System.Text;
using Sluice.DuckDb.Interop;
using Sluice.Records;

namespace Sluice.DuckDb.Tables;

/// <summary>Lists of texts.</summary>
internal sealed class TextListReader(ColumnType element, ColumnPlace place, int rows) : ColumnReader
{
    private readonly Growing<string[]?> _values = new(rows);

    // Lists of JSON are what the library makes of lists that are empty throughout or hold values of several kinds.
    public override string Select(string name) => element switch
    {
        { IsJson: true } => $"list_transform({name}, lambda x: CASE WHEN json_type(x) IN ('OBJECT', 'ARRAY') "
            + $"THEN error({Sql.Text($"Found a list of objects or lists in column '{place.Column}', expected lists of numbers or of texts.")}) ELSE x ->> '$' END)",
        { Id: DuckDbType.Blob } => $"list_transform({name}, lambda x: base64(x))",
        _ => $"CAST({name} AS VARCHAR[])",
    };

    public override void Append(Vector vector, int count)
    {
        Vector elements = vector.Elements();
        Span<string[]?> values = _values.Next(count);
        for (int row = 0; row < count; row++)
        {
            if (!vector.IsValid(row))
            {
                continue;
            }

            (int start, int length) = vector.Range(row);
            string[] list = new string[length];
            for (int i = 0; i < length; i++)
            {
                list[i] = elements.IsValid(start + i)
                    ? Encoding.UTF8.GetString(elements.Bytes(start + i))
                    : throw place.Fault("null within a list", "texts alone");
            }

            values[row] = list;
        }
    }

    public override ColumnData Finish() => new TextListData(_values.Finish());
}
