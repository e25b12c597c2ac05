namespace Sluice.Demo;

/// <summary>In what way an answer is poor.</summary>
internal enum PoorKind
{
    /// <summary>It breaks off.</summary>
    CutOff,

    /// <summary>It answers another task.</summary>
    OffTopic,

    /// <summary>It repeats one phrase.</summary>
    Repeated,

    /// <summary>It declines without a reason.</summary>
    Refusal,

    /// <summary>It is answered as asked, but the result is wrong.</summary>
    WrongResult,

    /// <summary>It is in another language than the one asked for.</summary>
    WrongLanguage,
}
