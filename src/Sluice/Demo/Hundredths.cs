namespace Sluice.Demo;

/// <summary>A decimal amount, exact to two places.</summary>
/// <param name="Value">The amount times 100; not negative.</param>
internal readonly record struct Hundredths(long Value)
{
    /// <summary>Writes it without needless zeros: 12, 12.5, 12.05.</summary>
    public void Write(DemoText text)
    {
        text.Add(Value / 100);
        long rest = Value % 100;
        if (rest != 0)
        {
            text.Add('.');
            text.Add((char)('0' + rest / 10));
            if (rest % 10 != 0)
            {
                text.Add((char)('0' + rest % 10));
            }
        }
    }
}
