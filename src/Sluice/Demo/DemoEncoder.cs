using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Demo;

/// <summary>Writes rows as lines of JSON in UTF-8. Not safe for concurrent use.</summary>
internal sealed class DemoEncoder : IDisposable
{
    private static readonly JsonEncodedText s_id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText s_kind = JsonEncodedText.Encode("kind");
    private static readonly JsonEncodedText s_instruction = JsonEncodedText.Encode("instruction");
    private static readonly JsonEncodedText s_input = JsonEncodedText.Encode("input");
    private static readonly JsonEncodedText s_output = JsonEncodedText.Encode("output");
    private readonly ArrayBufferWriter<byte> _line = new(4096);
    private readonly Utf8JsonWriter _writer;
    private readonly bool _tabular;

    /// <summary>Creates an encoder.</summary>
    /// <param name="tabular">Whether each line must stay an object with all fields, because it is to become a row of a table.</param>
    public DemoEncoder(bool tabular)
    {
        _tabular = tabular;
        _writer = new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    /// <summary>The row as one line with its line break; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Encode(DemoRow row)
    {
        _line.ResetWrittenCount();
        _writer.Reset();
        bool broken = row.Planting.Kind == PlantedKind.Broken;
        BrokenKind fault = row.Planting.Broken;
        if (broken && fault == BrokenKind.NotAnObject && !_tabular)
        {
            _writer.WriteStringValue(row.Instruction.Span);
            _writer.Flush();
            return EndLine(_line.WrittenCount);
        }

        bool all = broken && fault is BrokenKind.CutOffLine or BrokenKind.NotAnObject && _tabular;
        _writer.WriteStartObject();
        WriteId(row.Number);
        _writer.WriteString(s_kind, row.Kind);
        Write(s_instruction, row.Instruction, broken && fault == BrokenKind.EmptyInstruction, all || (broken && fault == BrokenKind.NullInstruction));
        Write(s_input, row.Input, broken && fault == BrokenKind.EmptyInstruction, all);
        if (!broken || fault != BrokenKind.MissingOutput || _tabular)
        {
            Write(s_output, row.Output, empty: false, all || (broken && fault == BrokenKind.MissingOutput));
        }

        _writer.WriteEndObject();
        _writer.Flush();

        // The place of the cut follows from the row; at least the closing brace is lost.
        return EndLine(broken && fault == BrokenKind.CutOffLine && !_tabular ? 1 + (int)(row.Number * 37 % (_line.WrittenCount - 2)) : _line.WrittenCount);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void WriteId(long number)
    {
        Span<char> id = stackalloc char[32];
        "demo-".CopyTo(id);
        number.TryFormat(id[5..], out int written, default, CultureInfo.InvariantCulture);
        _writer.WriteString(s_id, id[..(5 + written)]);
    }

    private void Write(JsonEncodedText name, DemoText text, bool empty, bool isNull)
    {
        if (isNull)
        {
            _writer.WriteNull(name);
        }
        else
        {
            _writer.WriteString(name, empty ? default : text.Span);
        }
    }

    private ReadOnlyMemory<byte> EndLine(int length)
    {
        int cut = _line.WrittenCount - length;
        _line.GetSpan(1)[0] = (byte)'\n';
        _line.Advance(1);
        if (cut == 0)
        {
            return _line.WrittenMemory;
        }

        byte[] line = _line.WrittenSpan[..(length + 1)].ToArray();
        line[length] = (byte)'\n';
        return line;
    }
}
