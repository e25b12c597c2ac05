namespace Sluice.Runs.Forecast;

/// <summary>What a forecast may cost and what it is asked to add.</summary>
internal sealed record ForecastOptions
{
    /// <summary>Rows of a sample that nobody asked for: enough for eight measures of speed, each longer than a commit.</summary>
    public const int DefaultSample = 36864;

    /// <summary>Rows to sample; 0: <see cref="DefaultSample"/>, or fewer where the models are so slow that they would take longer than <see cref="Seconds"/>.</summary>
    public int Sample { get; init; }

    /// <summary>Time for the sample, roughly, where <see cref="Sample"/> is 0. Default 20.</summary>
    public double Seconds { get; init; } = 20;

    /// <summary>Which places are sampled: the same seed takes the same. Default 2024.</summary>
    public int Seed { get; init; } = 2024;

    /// <summary>Whether stages that ask a server may ask it for the sample's rows. Default false.</summary>
    public bool Ask { get; init; }

    /// <summary>Price of an hour of this machine, in any currency; null says nothing of money.</summary>
    public double? Price { get; init; }

    /// <summary>Time from the start of the program to the forecast: a run needs it too.</summary>
    public TimeSpan StartUp { get; init; }
}
