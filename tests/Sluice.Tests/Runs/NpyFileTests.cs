using System.Runtime.InteropServices;
using Sluice.Runs.Import;

namespace Sluice.Tests.Runs;

public sealed class NpyFileTests
{
    [Fact]
    public void Write_ThenRead_GivesTheSameNumbers()
    {
        using TemporaryFolder folder = new();
        float[] values = [.. Enumerable.Range(0, 30).Select(i => i / 7f)];
        using (FileStream stream = File.Create(folder["m.npy"]))
        {
            NpyFile.Write(stream, 10, 3, "<f4", MemoryMarshal.AsBytes(values.AsSpan()));
        }

        using NpyFile file = NpyFile.Open(folder["m.npy"]);
        Assert.Equal((10, 3, true), (file.Rows, file.Width, file.IsMatrix));
        Assert.Equal(values[6..12], file.ReadFloats(2, 2));
    }

    [Theory]
    [InlineData("<f2", 2)]
    [InlineData("<f4", 4)]
    [InlineData("<f8", 8)]
    public void Read_EachFloatType_IsWidenedExactly(string type, int size)
    {
        using TemporaryFolder folder = new();
        byte[] data = size switch
        {
            2 => [.. new[] { (Half)1.5, (Half)(-0.25) }.SelectMany(BitConverter.GetBytes)],
            4 => [.. new[] { 1.5f, -0.25f }.SelectMany(BitConverter.GetBytes)],
            _ => [.. new[] { 1.5, -0.25 }.SelectMany(BitConverter.GetBytes)],
        };
        using (FileStream stream = File.Create(folder["m.npy"]))
        {
            NpyFile.Write(stream, 2, 0, type, data);
        }

        using NpyFile file = NpyFile.Open(folder["m.npy"]);
        Assert.False(file.IsMatrix);
        Assert.Equal([1.5, -0.25], file.Read(0, 2));
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }", "fortran_order")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (2, 2), }", "<c8")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2, 2), }", "3 dimensions")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (200, 2), }", "cut short")]
    public void Open_WhatIsNotSupported_SaysFoundAndExpected(string header, string expected)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["m.npy"], [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header), .. new byte[16]]);

        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => NpyFile.Open(folder["m.npy"])).Message, StringComparison.Ordinal);
    }
}
