namespace Sluice.Demo;

/// <summary>A task kind: makes up a task and computes its answer. Holds no state.</summary>
internal interface IDemoKind
{
    /// <summary>Its name, as in the field <c>kind</c>.</summary>
    string Name { get; }

    /// <summary>Whether it can make a mistake when <see cref="DemoRow.Wrong"/> asks for one.</summary>
    bool CanBeWrong { get; }

    /// <summary>Writes instruction, input and output into an empty row. The same random numbers give the same row.</summary>
    void Write(DemoRow row, DemoRandom random);
}
