using System.Buffers;

namespace Sluice.Faults.Tests.Input;

/// <summary>Mutated rows with good ones between them, as the bytes of a file.</summary>
internal sealed class FuzzFile
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Good rows of the file, in order.</summary>
    public List<GoodRow> Good { get; } = [];

    /// <summary>Mutated rows put in.</summary>
    public int Mutants { get; private set; }

    /// <summary>Makes a file of mutants and good rows by turns.</summary>
    /// <param name="mutator">Makes the mutants.</param>
    /// <param name="random">Makes the rows.</param>
    /// <param name="mutants">Mutants at least.</param>
    /// <param name="shape">Shape of a row, by its number in <see cref="GoodRow.Make"/>; -1 for all but the mapped one, mixed.</param>
    /// <param name="separator">Stands between two rows.</param>
    /// <param name="mutantsATurn">Mutants in a row.</param>
    /// <param name="goodATurn">Good rows in a row.</param>
    public static FuzzFile Make(Mutator mutator, Random random, int mutants, int shape, ReadOnlySpan<byte> separator, int mutantsATurn = 2, int goodATurn = 1)
    {
        FuzzFile file = new();
        byte[] other = Row().Json;
        while (file.Mutants < mutants)
        {
            for (int i = 0; i < mutantsATurn; i++, file.Mutants++)
            {
                GoodRow row = Row();
                file.Put(mutator.Mutate(row.Json, other), separator);
                other = row.Json;
            }

            for (int i = 0; i < goodATurn; i++)
            {
                GoodRow good = Row();
                file.Put(good.Json, separator);
                file.Good.Add(good);
            }
        }

        return file;

        GoodRow Row() => GoodRow.Make(shape < 0 ? random.Next(GoodRow.Shapes - 1) : shape, $"row-{random.NextInt64():x}-{file.Good.Count}", random);
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    private void Put(byte[] row, ReadOnlySpan<byte> separator)
    {
        _bytes.Write(row);
        _bytes.Write(separator);
    }
}
