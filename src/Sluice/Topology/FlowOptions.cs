using System.ComponentModel.DataAnnotations;

namespace Sluice.Topology;

/// <summary>Bounds and parallelism of the flow: section <c>Flow</c>.</summary>
public sealed class FlowOptions
{
    /// <summary>Name of the section in appsettings.</summary>
    public const string SectionName = "Flow";

    /// <summary>Rows that travel together from block to block; models batch inside it. Part of the run's identity: another value may move a model's last digits. Default 512.</summary>
    [Range(1, 65536)]
    public int BatchRows { get; init; } = 512;

    /// <summary>Raw bytes at which a batch is closed early. Part of the run's identity. Default 4 MiB.</summary>
    [Range(1024, 1073741824)]
    public int BatchBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Batches that a stage without state works on at once; 0 means the number of processors. Changes speed and memory, never the result. Default 0.</summary>
    [Range(0, 1024)]
    public int Parallelism { get; init; }

    /// <summary>Batches that wait before each stage at most. More smooths uneven stages and costs memory; never changes the result. Default 4.</summary>
    [Range(1, 1024)]
    public int QueueBatches { get; init; } = 4;

    /// <summary>Rows between reader and pool at most. Default 65536.</summary>
    [Range(1, 100000000)]
    public long MaxRows { get; init; } = 65536;

    /// <summary>Raw bytes between reader and pool at most; a single larger batch travels alone. Default 128 MiB.</summary>
    [Range(65536, 1099511627776)]
    public long MaxBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>Tokens between reader and pool at most, counted as one for four raw bytes since they are not known before the tokenizer. Default 32 Mi.</summary>
    [Range(1024, 1099511627776)]
    public long MaxTokens { get; init; } = 32L * 1024 * 1024;

    /// <summary>Share of rejected rows, from 1,000 rows read on, over which the run is given up with exit code 1; 1 never gives up. Default 0.5.</summary>
    [Range(0.0, 1.0)]
    public double MaxRejectShare { get; init; } = 0.5;

    /// <summary>
    /// Time without a finished batch after which the run says which stage is at work and since when, and again at doubling intervals; it only says so. A batch of a slow model
    /// on a slow device may take minutes. Zero never says so. Default 00:05:00.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "10.00:00:00")]
    public TimeSpan StallTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Time that the program has to end by itself after SIGTERM or Ctrl-C. Then it says which stage still holds its thread and ends without waiting for it: what is committed
    /// is safe at any moment. Below the 90 seconds after which systemd kills, and the 30 of Kubernetes. Default 00:00:25.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan StopTime { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>The parallelism in force.</summary>
    internal int Workers => Parallelism == 0 ? Environment.ProcessorCount : Parallelism;
}
