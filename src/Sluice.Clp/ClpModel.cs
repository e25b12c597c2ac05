using System.Runtime.InteropServices;

namespace Sluice.Clp;

/// <summary>One model of CLP; minimises. Not for use by two threads at once.</summary>
internal sealed unsafe class ClpModel : SafeHandle
{
    // The default (1e-7) is coarser than the 1e-9 to which shares and duals are promised.
    private const double Tolerance = 1e-9;

    private readonly ClpLibrary _library;

    public ClpModel(ClpLibrary library)
        : base(0, ownsHandle: true)
    {
        _library = library;
        SetHandle(library.NewModel());
        if (IsInvalid)
        {
            throw new InvalidOperationException("CLP could not make a model (Clp_newModel returned null): out of memory?");
        }

        library.SetLogLevel(handle, 0);
        library.SetPrimalTolerance(handle, Tolerance);
        library.SetDualTolerance(handle, Tolerance);
    }

    public override bool IsInvalid => handle == 0;

    public void Load(ColumnMatrix matrix, double[] cost, double[] lower, double[] upper, double[] rowLower, double[] rowUpper)
    {
        fixed (int* starts = matrix.Starts, rows = Padded(matrix.Rows))
        fixed (double* values = Padded(matrix.Values), c = Padded(cost), l = Padded(lower), u = Padded(upper), rl = Padded(rowLower), ru = Padded(rowUpper))
        {
            _library.LoadProblem(handle, cost.Length, rowLower.Length, starts, rows, values, l, u, c, rl, ru);
        }
    }

    /// <summary>Dual simplex from scratch; returns CLP's status.</summary>
    public int SolveDual()
    {
        _ = _library.Dual(handle, 0);
        return _library.Status(handle);
    }

    /// <summary>Primal simplex from where the model stands; returns CLP's status.</summary>
    public int SolvePrimal()
    {
        _ = _library.Primal(handle, 0);
        return _library.Status(handle);
    }

    public int SecondaryStatus() => _library.SecondaryStatus(handle);

    public double[] Values(int columns) => new ReadOnlySpan<double>(_library.PrimalColumnSolution(handle), columns).ToArray();

    public double[] RowDuals(int rows) => new ReadOnlySpan<double>(_library.DualRowSolution(handle), rows).ToArray();

    public double[] ReducedCosts(int columns) => new ReadOnlySpan<double>(_library.DualColumnSolution(handle), columns).ToArray();

    protected override bool ReleaseHandle()
    {
        _library.DeleteModel(handle);
        return true;
    }

    // An empty array pins to null, which CLP reads as "use the default".
    private static T[] Padded<T>(T[] array) => array.Length == 0 ? new T[1] : array;
}
