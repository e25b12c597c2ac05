namespace Sluice.Recipes;

/// <summary>A recipe cannot be carried out on this pool: the message says which step, what was found, what was expected and the remedy.</summary>
public sealed class RecipeException : Exception
{
    /// <summary>Creates the exception.</summary>
    public RecipeException()
    {
    }

    /// <summary>Creates the exception with its message.</summary>
    public RecipeException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public RecipeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
