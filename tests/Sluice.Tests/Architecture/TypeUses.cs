using System.Reflection;
using System.Reflection.Emit;

namespace Sluice.Tests.Architecture;

/// <summary>Which types a type uses: base types, members, locals and the IL of its methods, compiler-made nested types included.</summary>
internal static class TypeUses
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly Dictionary<short, OpCode> s_codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    public static HashSet<Type> Of(Type type)
    {
        HashSet<Type> uses = [];
        Add(uses, type.BaseType);
        foreach (Type contract in type.GetInterfaces())
        {
            Add(uses, contract);
        }

        foreach (FieldInfo field in type.GetFields(All))
        {
            Add(uses, field.FieldType);
        }

        foreach (MethodBase method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            AddMethod(uses, type, method);
        }

        foreach (Type nested in type.GetNestedTypes(All))
        {
            uses.UnionWith(Of(nested));
        }

        return uses;
    }

    private static void AddMethod(HashSet<Type> uses, Type type, MethodBase method)
    {
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            Add(uses, parameter.ParameterType);
        }

        Add(uses, (method as MethodInfo)?.ReturnType);
        if (method.GetMethodBody() is not { } body)
        {
            return;
        }

        foreach (LocalVariableInfo local in body.LocalVariables)
        {
            Add(uses, local.LocalType);
        }

        byte[] il = body.GetILAsByteArray()!;
        Type[] typeArguments = type.GetGenericArguments();
        Type[] methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (int at = 0; at < il.Length;)
        {
            short value = il[at] == 0xFE ? (short)(0xFE00 | il[at + 1]) : il[at];
            OpCode code = s_codes[value];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                MemberInfo? member = method.Module.ResolveMember(BitConverter.ToInt32(il, at), typeArguments, methodArguments);
                Add(uses, member as Type ?? member?.DeclaringType);
                Add(uses, (member as MethodInfo)?.ReturnType);
            }

            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }
    }

    private static void Add(HashSet<Type> uses, Type? type)
    {
        while (type is { HasElementType: true })
        {
            type = type.GetElementType();
        }

        if (type is null || type.IsGenericParameter)
        {
            return;
        }

        if (type.IsGenericType)
        {
            foreach (Type argument in type.GetGenericArguments())
            {
                if (!argument.IsGenericParameter && argument != type)
                {
                    Add(uses, argument);
                }
            }

            type = type.GetGenericTypeDefinition();
        }

        uses.Add(type);
    }
}
