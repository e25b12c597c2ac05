using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sluice.DuckDb.Rows;

/// <summary>Bytes of JSON that grow as they are written.</summary>
internal sealed class JsonBuffer(int capacity)
{
    private static readonly SearchValues<byte> s_escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(i => (byte)i), (byte)'"', (byte)'\\']);

    private byte[] _bytes = new byte[capacity];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; a later write may move it.</summary>
    public Memory<byte> Written => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public void Raw(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    public void Raw(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Room(value.Length));
        Length += value.Length;
    }

    public void Null() => Raw("null"u8);

    public void Number<T>(T value)
        where T : IUtf8SpanFormattable
    {
        bool fits = value.TryFormat(Room(64), out int written, default, CultureInfo.InvariantCulture);
        System.Diagnostics.Debug.Assert(fits, "Sixty-four bytes hold any number of 128 bits.");
        Length += written;
    }

    /// <summary>
    /// The shortest decimal that reads back as the same number, with a point or exponent so that it stays a fraction. JSON has no other numbers: NaN is null,
    /// and an infinite one is a literal too large for a double, which readers of IEEE numbers take as infinite.
    /// </summary>
    public void Fraction(double value)
    {
        if (double.IsFinite(value))
        {
            Finite(value);
        }
        else
        {
            NotFinite(value);
        }
    }

    /// <inheritdoc cref="Fraction(double)"/>
    public void Fraction(float value)
    {
        if (float.IsFinite(value))
        {
            Finite(value);
        }
        else
        {
            NotFinite(value);
        }
    }

    /// <summary>A decimal number: <paramref name="unscaled"/> / 10^<paramref name="scale"/>, all digits kept.</summary>
    public void Decimal(Int128 unscaled, int scale)
    {
        Span<byte> digits = stackalloc byte[64];
        _ = UInt128.CreateChecked(Int128.Abs(unscaled)).TryFormat(digits, out int count, default, CultureInfo.InvariantCulture);
        if (unscaled < 0)
        {
            Raw((byte)'-');
        }

        if (count > scale)
        {
            Raw(digits[..(count - scale)]);
        }
        else
        {
            Raw((byte)'0');
        }

        if (scale > 0)
        {
            Raw((byte)'.');
            for (int i = count; i < scale; i++)
            {
                Raw((byte)'0');
            }

            Raw(digits[Math.Max(0, count - scale)..count]);
        }
    }

    /// <summary>A text between quotes; only what JSON demands is escaped.</summary>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        Raw((byte)'"');
        for (int at; (at = utf8.IndexOfAny(s_escaped)) >= 0; utf8 = utf8[(at + 1)..])
        {
            Raw(utf8[..at]);
            Escape(utf8[at]);
        }

        Raw(utf8);
        Raw((byte)'"');
    }

    /// <inheritdoc cref="Text(ReadOnlySpan{byte})"/>
    public void Text(string text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[] rented = ArrayPool<byte>.Shared.Rent(most);
        Text(rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Bytes as base64 text.</summary>
    public void Blob(ReadOnlySpan<byte> bytes)
    {
        Raw((byte)'"');
        _ = Base64.EncodeToUtf8(bytes, Room(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out int written);
        Length += written;
        Raw((byte)'"');
    }

    /// <summary>Text that holds JSON: put in as it is, on one line; as text when it is no JSON after all.</summary>
    public void Json(ReadOnlySpan<byte> utf8)
    {
        if (!IsJson(utf8))
        {
            Text(utf8);
            return;
        }

        int start = Length;
        Raw(utf8);

        // Line breaks in valid JSON are white space between tokens.
        Span<byte> copy = _bytes.AsSpan(start, utf8.Length);
        copy.Replace((byte)'\n', (byte)' ');
        copy.Replace((byte)'\r', (byte)' ');
    }

    private static bool IsJson(ReadOnlySpan<byte> utf8)
    {
        Utf8JsonReader reader = new(utf8, new JsonReaderOptions { MaxDepth = 1000 });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Finite<T>(T value)
        where T : IUtf8SpanFormattable
    {
        int start = Length;
        Number(value);
        if (!_bytes.AsSpan(start, Length - start).ContainsAny((byte)'.', (byte)'E'))
        {
            Raw(".0"u8);
        }
    }

    private void NotFinite(double value) => Raw(double.IsNaN(value) ? "null"u8 : value > 0 ? "1e999"u8 : "-1e999"u8);

    private void Escape(byte value)
    {
        const string Hex = "0123456789abcdef";
        switch (value)
        {
            case (byte)'"':
                Raw("\\\""u8);
                break;
            case (byte)'\\':
                Raw("\\\\"u8);
                break;
            case (byte)'\n':
                Raw("\\n"u8);
                break;
            case (byte)'\r':
                Raw("\\r"u8);
                break;
            case (byte)'\t':
                Raw("\\t"u8);
                break;
            default:
                Raw("\\u00"u8);
                Raw((byte)Hex[value >> 4]);
                Raw((byte)Hex[value & 15]);
                break;
        }
    }

    private Span<byte> Room(int count)
    {
        int needed = checked(Length + count);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(needed, (long)_bytes.Length * 2)));
        }

        return _bytes.AsSpan(Length);
    }
}
