using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Sluice.Runs.Import;

/// <summary>
/// A NumPy <c>.npy</c> file of float16, float32, float64 or integers, row-major, one- or two-dimensional, read row block by row block (format: NumPy's NEP 1).
/// </summary>
internal sealed partial class NpyFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly string _type;
    private readonly int _size;
    private readonly long _data;

    private NpyFile(FileStream stream, string type, long rows, int width, bool isMatrix)
    {
        _stream = stream;
        _type = type;
        _size = type[1] - '0';
        _data = stream.Position;
        Rows = rows;
        Width = width;
        IsMatrix = isMatrix;
    }

    /// <summary>Number of rows.</summary>
    public long Rows { get; }

    /// <summary>Numbers a row; 1 for a one-dimensional file.</summary>
    public int Width { get; }

    /// <summary>Whether the file has two dimensions.</summary>
    public bool IsMatrix { get; }

    /// <summary>Opens a file. Throws <see cref="InvalidDataException"/> that says what was found and what is supported.</summary>
    public static NpyFile Open(string path)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        try
        {
            string header = Header(stream, path);
            string type = Field(DescrPattern().Match(header), path, "descr");
            if (type[0] is not ('<' or '|') || type[1..] is not ("f2" or "f4" or "f8" or "i4" or "i8"))
            {
                throw new InvalidDataException($"{path}: found elements of type '{type}', expected little-endian f2, f4, f8, i4 or i8.");
            }

            if (Field(OrderPattern().Match(header), path, "fortran_order") != "False")
            {
                throw new InvalidDataException($"{path}: found column-major (fortran_order) data, expected row-major. Save it with numpy.ascontiguousarray.");
            }

            long[] shape = [.. Field(ShapePattern().Match(header), path, "shape").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(s => long.Parse(s, CultureInfo.InvariantCulture))];
            if (shape.Length is not (1 or 2))
            {
                throw new InvalidDataException($"{path}: found {shape.Length} dimensions, expected one or two.");
            }

            NpyFile file = new(stream, type[1..], shape[0], shape.Length == 2 ? checked((int)shape[1]) : 1, shape.Length == 2);
            long expected = file._data + (file.Rows * file.Width * file._size);
            if (stream.Length < expected)
            {
                throw new InvalidDataException($"{path}: found {stream.Length} bytes, expected {expected} for {file.Rows} x {file.Width} elements: the file is cut short.");
            }

            return file;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads rows, widened or narrowed to doubles.</summary>
    public double[] Read(long firstRow, int rows)
    {
        byte[] bytes = new byte[checked(rows * Width * _size)];
        _stream.Position = _data + (firstRow * Width * _size);
        _stream.ReadExactly(bytes);
        double[] values = new double[rows * Width];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> at = bytes.AsSpan(i * _size, _size);
            values[i] = _type switch
            {
                "f2" => (double)BinaryPrimitives.ReadHalfLittleEndian(at),
                "f4" => BinaryPrimitives.ReadSingleLittleEndian(at),
                "f8" => BinaryPrimitives.ReadDoubleLittleEndian(at),
                "i4" => BinaryPrimitives.ReadInt32LittleEndian(at),
                _ => BinaryPrimitives.ReadInt64LittleEndian(at),
            };
        }

        return values;
    }

    /// <summary>Reads rows as floats: exact for f2 and f4.</summary>
    public float[] ReadFloats(long firstRow, int rows)
    {
        if (_type == "f4")
        {
            float[] values = new float[checked(rows * Width)];
            _stream.Position = _data + (firstRow * Width * _size);
            _stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }

        return Array.ConvertAll(Read(firstRow, rows), static v => (float)v);
    }

    /// <summary>Writes a float32 matrix (or a float64 column when <paramref name="width"/> is 0).</summary>
    public static void Write(Stream to, long rows, int width, string type, ReadOnlySpan<byte> data)
    {
        string shape = width == 0 ? $"({rows},)" : $"({rows}, {width})";
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
        header = header.PadRight(((header.Length + 11 + 63) / 64 * 64) - 11) + "\n";
        to.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0]);
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        to.Write(length);
        to.Write(Encoding.ASCII.GetBytes(header));
        to.Write(data);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static string Header(FileStream stream, string path)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, 8, throwOnEndOfStream: false) < 8 || !start[..6].SequenceEqual((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']))
        {
            throw new InvalidDataException($"{path} is no .npy file: it does not begin with NumPy's magic bytes.");
        }

        Span<byte> length = stackalloc byte[start[6] == 1 ? 2 : 4];
        stream.ReadExactly(length);
        byte[] header = new byte[length.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(length) : checked((int)BinaryPrimitives.ReadUInt32LittleEndian(length))];
        stream.ReadExactly(header);
        return Encoding.ASCII.GetString(header);
    }

    private static string Field(Match match, string path, string name) =>
        match.Success ? match.Groups[1].Value : throw new InvalidDataException($"{path}: the .npy header has no '{name}'.");

    [GeneratedRegex(@"'descr':\s*'([<>|=]?[a-z][0-9]+)'")]
    private static partial Regex DescrPattern();

    [GeneratedRegex(@"'fortran_order':\s*(True|False)")]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"'shape':\s*\(([^)]*)\)")]
    private static partial Regex ShapePattern();
}
