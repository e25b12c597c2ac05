namespace Sluice.Faults.Tests.Input;

/// <summary>Makes damaged Parquet files of good ones: the same ones for the same seed.</summary>
internal sealed class ParquetMutator(int seed)
{
    private static readonly ParquetDamage[] s_all = Enum.GetValues<ParquetDamage>();
    private readonly Random _random = new(seed);

    /// <summary>How often each damage was done.</summary>
    public int[] Counts { get; } = new int[s_all.Length];

    /// <summary>Damages a file.</summary>
    /// <param name="sample">A good file.</param>
    /// <param name="other">Another one, to splice with.</param>
    /// <param name="damage">What was done.</param>
    /// <param name="soundGroups">Row groups before the first byte that differs, when the footer is whole; 0 otherwise.</param>
    public byte[] Mutate(ParquetSample sample, ParquetSample other, out ParquetDamage damage, out int soundGroups)
    {
        damage = s_all[_random.Next(s_all.Length)];
        Counts[(int)damage]++;
        byte[] bytes = [.. sample.Bytes];
        int footer = (int)sample.Groups[^1];
        int at = 4 + _random.Next(footer - 4);
        switch (damage)
        {
            case ParquetDamage.Page:
                Flip(bytes, at, _random.Next(1, 65));
                break;
            case ParquetDamage.PageHeader:
                at = (int)sample.Pages[_random.Next(sample.Pages.Count)];
                Flip(bytes, at, _random.Next(1, 16));
                break;
            case ParquetDamage.PageStart:
                // Behind the header: the levels, by which lists are put together, where they are not compressed.
                at = (int)sample.Pages[_random.Next(sample.Pages.Count)] + _random.Next(16, 60);
                Flip(bytes, at, _random.Next(1, 4));
                break;
            case ParquetDamage.ZeroedBlock:
                bytes.AsSpan(at, Math.Min(4096, footer - at)).Clear();
                break;
            case ParquetDamage.FooterBytes:
                at = footer;
                Flip(bytes, footer + _random.Next(bytes.Length - 8 - footer), _random.Next(1, 5));
                break;
            case ParquetDamage.FooterLength:
                at = footer;
                BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 8), Length(bytes.Length - 8 - footer));
                break;
            case ParquetDamage.HeadMagic:
                at = 0;
                Flip(bytes, _random.Next(4), 1);
                break;
            case ParquetDamage.TailMagic:
                at = footer;
                Flip(bytes, bytes.Length - 4 + _random.Next(4), 1);
                break;
            case ParquetDamage.Truncated:
                (bytes, at) = (bytes[.._random.Next(bytes.Length)], 0);
                break;
            case ParquetDamage.RowCount:
                at = footer;
                Recount(bytes, footer, sample.Rows);
                break;
            case ParquetDamage.Inserted:
                bytes = [.. bytes.AsSpan(0, at), .. new byte[_random.Next(1, 40)], .. bytes.AsSpan(at)];
                break;
            case ParquetDamage.Deleted:
                bytes = [.. bytes.AsSpan(0, at), .. bytes.AsSpan(Math.Min(footer, at + _random.Next(1, 40)))];
                break;
            case ParquetDamage.DuplicatedStretch:
                bytes = [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at, Math.Min(500, footer - at)), .. bytes.AsSpan(at)];
                break;
            default:
                byte[] tail = other.Bytes;
                bytes = [.. bytes.AsSpan(0, at), .. tail.AsSpan(_random.Next(tail.Length))];
                at = 0;
                break;
        }

        soundGroups = at >= footer ? 0 : sample.Groups.Count(group => group <= at) - 1;
        return bytes;
    }

    private void Flip(byte[] bytes, int at, int count)
    {
        for (int i = at; i < Math.Min(bytes.Length, at + count); i++)
        {
            bytes[i] ^= (byte)_random.Next(1, 256);
        }
    }

    private int Length(int length) => _random.Next(5) switch
    {
        0 => 0,
        1 => length + _random.Next(-20, 20),
        2 => int.MaxValue,
        3 => -_random.Next(1, 1000),
        _ => _random.Next(),
    };

    /// <summary>Where the footer holds one of some counts of 64 to 8191: Thrift writes them as zigzag varints, so they are found by their spelling.</summary>
    public static List<int> PlacesOf(byte[] bytes, int footer, IReadOnlyList<int> counts)
    {
        List<int> places = [];
        foreach (int count in counts)
        {
            byte[] spelling = [(byte)((count * 2) | 0x80), (byte)(count * 2 >> 7)];
            for (int at = footer; bytes.AsSpan(at).IndexOf(spelling) is int found and >= 0; at++)
            {
                at += found;
                places.Add(at);
            }
        }

        return places;
    }

    private void Recount(byte[] bytes, int footer, int rows)
    {
        List<int> places = PlacesOf(bytes, footer, [rows, ParquetSample.RowsAGroup, 2 * ParquetSample.RowsAGroup]);
        bytes[places[_random.Next(places.Count)] + 1] = (byte)_random.Next(1, 128);
    }
}
