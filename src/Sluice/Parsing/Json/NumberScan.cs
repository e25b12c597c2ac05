namespace Sluice.Parsing.Json;

/// <summary>Finds where a JSON number ends.</summary>
internal static class NumberScan
{
    /// <summary>The place behind the number, or -1 when it is not sound, or something else than white space, a comma, a bracket or a slash follows it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="at">Its first byte, a digit or a minus.</param>
    public static int End(ReadOnlySpan<byte> row, int at)
    {
        at += row[at] == '-' ? 1 : 0;
        int digits = Digits(row, at);
        if (digits == at || (row[at] == '0' && digits > at + 1))
        {
            return -1;
        }

        at = digits;
        if (at < row.Length && row[at] == '.')
        {
            digits = Digits(row, at + 1);
            if (digits == at + 1)
            {
                return -1;
            }

            at = digits;
        }

        if (at < row.Length && row[at] is (byte)'e' or (byte)'E')
        {
            at++;
            at += at < row.Length && row[at] is (byte)'+' or (byte)'-' ? 1 : 0;
            digits = Digits(row, at);
            if (digits == at)
            {
                return -1;
            }

            at = digits;
        }

        // A slash would begin a comment: none is allowed, but that it is no part of the number is told before.
        return at == row.Length || row[at] is (byte)',' or (byte)'}' or (byte)']' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'/' ? at : -1;
    }

    private static int Digits(ReadOnlySpan<byte> row, int at)
    {
        while (at < row.Length && char.IsAsciiDigit((char)row[at]))
        {
            at++;
        }

        return at;
    }
}
