namespace Sluice.Demo;

/// <summary>A row under construction, reused from row to row.</summary>
internal sealed class DemoRow
{
    /// <summary>1-based number: the line of a JSON Lines file.</summary>
    public long Number { get; set; }

    /// <summary>The task kind.</summary>
    public string Kind { get; set; } = "";

    /// <summary>What is asked.</summary>
    public DemoText Instruction { get; } = new();

    /// <summary>What it is asked about; may be empty.</summary>
    public DemoText Input { get; } = new();

    /// <summary>The answer.</summary>
    public DemoText Output { get; } = new();

    /// <summary>Whether the kind is to make a mistake in its answer.</summary>
    public bool Wrong { get; set; }

    /// <summary>What was planted in the row.</summary>
    public Planting Planting { get; set; }

    /// <summary>Empties all texts.</summary>
    public void Clear()
    {
        Instruction.Clear();
        Input.Clear();
        Output.Clear();
    }
}
