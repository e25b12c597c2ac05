using System.Runtime.InteropServices;
using System.Text;
using Sluice.Pool;
using Sluice.Records;

namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>Table files without a native library: the pool's protocol does not care what is in them, and a crash state costs a tenth.</summary>
internal sealed class PlainTables : ITableFiles
{
    /// <inheritdoc/>
    public void Write(string path, IReadOnlyList<NamedColumn> columns)
    {
        using MemoryStream bytes = new();
        using (BinaryWriter writer = new(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(columns.Count);
            foreach (NamedColumn column in columns)
            {
                writer.Write(column.Name);
                Write(writer, column.Data);
            }
        }

        File.WriteAllBytes(path, bytes.ToArray());
    }

    /// <inheritdoc/>
    public IReadOnlyList<NamedColumn> Read(string path, IReadOnlyList<string>? columns)
    {
        using BinaryReader reader = new(new MemoryStream(File.ReadAllBytes(path)), Encoding.UTF8);
        NamedColumn[] all = [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => new NamedColumn(reader.ReadString(), Read(reader)))];
        return columns is null ? all : [.. columns.Select(name => all.Single(column => column.Name == name))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<NamedColumn> ReadJoined(IReadOnlyList<(string Path, long Rows)> files, IReadOnlyList<string> columns)
    {
        List<IReadOnlyList<NamedColumn>> parts = [.. files.Select(file => Read(file.Path, columns))];
        return files.Select((file, i) => parts[i][0].Data.Count == file.Rows).All(static whole => whole)
            ? [.. columns.Select((name, c) => new NamedColumn(name, ColumnJoin.Join(name, [.. parts.Select(part => part[c].Data)])))]
            : throw new InvalidDataException($"Found other numbers of rows than expected in {string.Join(", ", files.Select(file => file.Path))}.");
    }

    /// <inheritdoc/>
    public void ConvertJsonLinesToParquet(string jsonLinesPath, string parquetPath) => File.WriteAllBytes(parquetPath, [.. "PAR1"u8, .. File.ReadAllBytes(jsonLinesPath)]);

    private static void Write(BinaryWriter writer, ColumnData data)
    {
        writer.Write(data.Count);
        switch (data)
        {
            case IntegerData integers:
                writer.Write((byte)0);
                writer.Write(MemoryMarshal.AsBytes(integers.Values.AsSpan()));
                break;
            case NumberData numbers:
                writer.Write((byte)1);
                writer.Write(MemoryMarshal.AsBytes(numbers.Values.AsSpan()));
                break;
            case TextData texts:
                writer.Write((byte)2);
                Array.ForEach(texts.Values, text => writer.Write(text ?? ""));
                break;
            default:
                throw new NotSupportedException($"Found {data.GetType()}, expected integers, numbers or texts.");
        }
    }

    private static ColumnData Read(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        return reader.ReadByte() switch
        {
            0 => new IntegerData([.. Enumerable.Range(0, count).Select(_ => reader.ReadInt64())]),
            1 => new NumberData([.. Enumerable.Range(0, count).Select(_ => reader.ReadDouble())]),
            _ => new TextData([.. Enumerable.Range(0, count).Select(_ => reader.ReadString())]),
        };
    }
}
