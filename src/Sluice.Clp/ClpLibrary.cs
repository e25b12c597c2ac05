using System.Runtime.InteropServices;
using Sluice.Natives;

namespace Sluice.Clp;

/// <summary>The entry points of <c>libClp.so.1</c> that are used, from its C interface (Clp_C_Interface.h).</summary>
internal sealed unsafe class ClpLibrary
{
    private const string Remedy = "Build the solution once with network access (build/natives/fetch.sh fetches it), or install Debian's package coinor-libclp1.";

    /// <summary>Loads the library. Throws <see cref="DllNotFoundException"/> with the places looked at.</summary>
    public ClpLibrary(string configuredPath)
    {
        nint library = NativeFile.Load(
            configuredPath,
            "libClp.so.1",
            Remedy,
            "libquadmath.so.0",
            "libgfortran.so.5",
            "libblas.so.3",
            "liblapack.so.3",
            "libbz2.so.1.0",
            "libCoinUtils.so.3");
        NewModel = (delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "Clp_newModel");
        DeleteModel = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "Clp_deleteModel");
        SetLogLevel = (delegate* unmanaged<nint, int, void>)NativeLibrary.GetExport(library, "Clp_setLogLevel");
        SetPrimalTolerance = (delegate* unmanaged<nint, double, void>)NativeLibrary.GetExport(library, "Clp_setPrimalTolerance");
        SetDualTolerance = (delegate* unmanaged<nint, double, void>)NativeLibrary.GetExport(library, "Clp_setDualTolerance");
        LoadProblem = (delegate* unmanaged<nint, int, int, int*, int*, double*, double*, double*, double*, double*, double*, void>)
            NativeLibrary.GetExport(library, "Clp_loadProblem");
        Dual = (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "Clp_dual");
        Primal = (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "Clp_primal");
        Status = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "Clp_status");
        SecondaryStatus = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "Clp_secondaryStatus");
        PrimalColumnSolution = (delegate* unmanaged<nint, double*>)NativeLibrary.GetExport(library, "Clp_primalColumnSolution");
        DualRowSolution = (delegate* unmanaged<nint, double*>)NativeLibrary.GetExport(library, "Clp_dualRowSolution");
        DualColumnSolution = (delegate* unmanaged<nint, double*>)NativeLibrary.GetExport(library, "Clp_dualColumnSolution");
    }

    public delegate* unmanaged<nint> NewModel { get; }

    public delegate* unmanaged<nint, void> DeleteModel { get; }

    public delegate* unmanaged<nint, int, void> SetLogLevel { get; }

    public delegate* unmanaged<nint, double, void> SetPrimalTolerance { get; }

    public delegate* unmanaged<nint, double, void> SetDualTolerance { get; }

    /// <summary>Model, columns, rows, column starts, row indices, values, column lower, column upper, objective, row lower, row upper.</summary>
    public delegate* unmanaged<nint, int, int, int*, int*, double*, double*, double*, double*, double*, double*, void> LoadProblem { get; }

    public delegate* unmanaged<nint, int, int> Dual { get; }

    public delegate* unmanaged<nint, int, int> Primal { get; }

    /// <summary>0 optimal, 1 primal infeasible, 2 dual infeasible, 3 stopped on a limit, 4 stopped on errors.</summary>
    public delegate* unmanaged<nint, int> Status { get; }

    public delegate* unmanaged<nint, int> SecondaryStatus { get; }

    public delegate* unmanaged<nint, double*> PrimalColumnSolution { get; }

    public delegate* unmanaged<nint, double*> DualRowSolution { get; }

    public delegate* unmanaged<nint, double*> DualColumnSolution { get; }
}
