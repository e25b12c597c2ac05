using System.Globalization;
using System.Text;

namespace Sluice.DuckDb.Interop;

/// <summary>A type of the library as managed data.</summary>
/// <param name="Id">What it is.</param>
/// <param name="Names">Field names of a struct; else empty.</param>
/// <param name="Children">Types of a struct's fields, a list's or array's element, or a map's key and value.</param>
/// <param name="IsJson">Whether it is text that holds JSON.</param>
/// <param name="Storage">How a decimal is stored.</param>
/// <param name="Width">Digits of a decimal, or elements of an array.</param>
/// <param name="Scale">Digits of a decimal after the point.</param>
internal sealed record ColumnType(DuckDbType Id, IReadOnlyList<string> Names, IReadOnlyList<ColumnType> Children, bool IsJson, DuckDbType Storage, int Width, int Scale)
{
    private static readonly ColumnType s_text = Of(DuckDbType.Varchar);

    /// <summary>Text that holds JSON.</summary>
    public static ColumnType Json { get; } = Of(DuckDbType.Varchar) with { IsJson = true };

    /// <summary>Whether it is a whole number of at most 64 bits, or a truth value.</summary>
    public bool IsInteger => Id is DuckDbType.Boolean or (>= DuckDbType.TinyInt and <= DuckDbType.UBigInt);

    /// <summary>Whether it is any other number.</summary>
    public bool IsNumber => Id is DuckDbType.Float or DuckDbType.Double or DuckDbType.Decimal or DuckDbType.HugeInt or DuckDbType.UHugeInt;

    /// <summary>Whether it holds other types.</summary>
    public bool IsNested => Children.Count > 0;

    /// <summary>A type that needs nothing but its name.</summary>
    public static ColumnType Of(DuckDbType id) => new(id, [], [], IsJson: false, DuckDbType.Invalid, 0, 0);

    /// <summary>Reads <paramref name="type"/>, which stays the caller's.</summary>
    public static unsafe ColumnType Read(DuckDbApi api, nint type)
    {
        TypeFunctions types = api.Types;
        var id = (DuckDbType)types.Id(type);
        List<string> names = [];
        List<ColumnType> children = [];
        switch (id)
        {
            case DuckDbType.List:
                children.Add(Take(api, types.ListChild(type)));
                break;
            case DuckDbType.Array:
                children.Add(Take(api, types.ArrayChild(type)));
                break;
            case DuckDbType.Map:
                children.Add(Take(api, types.MapKey(type)));
                children.Add(Take(api, types.MapValue(type)));
                break;
            case DuckDbType.Struct:
                for (ulong i = 0; i < types.StructCount(type); i++)
                {
                    names.Add(api.TakeText(types.StructName(type, i)));
                    children.Add(Take(api, types.StructChild(type, i)));
                }

                break;
        }

        bool isDecimal = id == DuckDbType.Decimal;
        int width = isDecimal ? types.DecimalWidth(type) : id == DuckDbType.Array ? (int)types.ArraySize(type) : 0;
        bool isJson = id == DuckDbType.Varchar && api.TakeText(types.Alias(type)) == "JSON";
        return new ColumnType(
            id, names, children, isJson, isDecimal ? (DuckDbType)types.DecimalInternal(type) : DuckDbType.Invalid, width, isDecimal ? types.DecimalScale(type) : 0);
    }

    /// <summary>The type to cast to so that only types named in <see cref="DuckDbType"/> are left: dates, times, identifiers and the like become text, and so do the keys of maps.</summary>
    public ColumnType Plain()
    {
        if (!Enum.IsDefined(Id) || Id == DuckDbType.Invalid)
        {
            return s_text;
        }

        ColumnType[] children = [.. Children.Select((child, i) => Id == DuckDbType.Map && i == 0 && child.Id != DuckDbType.Varchar ? s_text : child.Plain())];
        return children.SequenceEqual(Children) ? this : this with { Children = children };
    }

    /// <summary>The type as SQL writes it.</summary>
    public string ToSql() => Id switch
    {
        DuckDbType.List => Children[0].ToSql() + "[]",
        DuckDbType.Array => string.Create(CultureInfo.InvariantCulture, $"{Children[0].ToSql()}[{Width}]"),
        DuckDbType.Map => $"MAP({Children[0].ToSql()}, {Children[1].ToSql()})",
        DuckDbType.Struct => StructSql(),
        DuckDbType.Decimal => string.Create(CultureInfo.InvariantCulture, $"DECIMAL({Width},{Scale})"),
        DuckDbType.Varchar when IsJson => "JSON",
        _ => Id.ToString().ToUpperInvariant(),
    };

    private static unsafe ColumnType Take(DuckDbApi api, nint type)
    {
        using NativeHandle handle = new(type, api.Types.Destroy);
        return Read(api, handle.Value);
    }

    private string StructSql()
    {
        StringBuilder sql = new("STRUCT(");
        for (int i = 0; i < Names.Count; i++)
        {
            sql.Append(i == 0 ? "" : ", ").Append(Sql.Name(Names[i])).Append(' ').Append(Children[i].ToSql());
        }

        return sql.Append(')').ToString();
    }
}
