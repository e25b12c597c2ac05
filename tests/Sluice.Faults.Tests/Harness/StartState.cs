namespace Sluice.Faults.Tests.Harness;

/// <summary>What a disturbed run finds in its directories when it starts.</summary>
internal enum StartState
{
    /// <summary>Nothing.</summary>
    Fresh,

    /// <summary>A run that was killed while it wrote a segment.</summary>
    HalfWritten,

    /// <summary>A run that was killed while it appended to the ledger.</summary>
    TornLedger,

    /// <summary>A finished run without one of the models, so that its column is to be scored.</summary>
    Unscored,

    /// <summary>A finished run.</summary>
    Finished,
}
