namespace Sluice.Sources;

/// <summary>Cuts a stream of bytes into rows, whatever the sizes in which the bytes come.</summary>
internal interface IRowFramer
{
    /// <summary>Takes the next bytes; whole rows go to the chunk builder.</summary>
    /// <param name="bytes">The bytes, which the framer copies where it needs them for longer than the call.</param>
    /// <param name="block">What holds the bytes, so that rows in them can be held instead of copied; null when the caller writes over them afterwards.</param>
    void Push(ReadOnlyMemory<byte> bytes, RowBlock? block);

    /// <summary>Takes the end of the file: an open row is closed, the last chunk is completed.</summary>
    void Finish();

    /// <summary>Takes the fault that ends the file early: what is open becomes one faulted row, the last chunk is completed.</summary>
    /// <param name="reason">Gives the fault as text from the offset at which the bytes stopped.</param>
    void Fail(Func<long, string> reason);
}
