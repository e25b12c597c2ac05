namespace Sluice.Selection.Tagging;

/// <summary>
/// Takes the endings off English words: M. F. Porter, "An algorithm for suffix stripping", Program 14.3 (1980), with the departures that its author made later and NLTK's
/// stemmer has by default, since InsTag's rules (arXiv 2308.07074, section 3.2) stem with NLTK. Words of other scripts come back as they are.
/// </summary>
internal static class PorterStemmer
{
    // Forms that the rules get wrong, as in NLTK.
    private static readonly Dictionary<string, string> s_irregular = new(StringComparer.Ordinal)
    {
        ["sky"] = "sky", ["skies"] = "sky", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie", ["news"] = "news", ["innings"] = "inning", ["inning"] = "inning",
        ["outings"] = "outing", ["outing"] = "outing", ["cannings"] = "canning", ["canning"] = "canning", ["howe"] = "howe", ["proceed"] = "proceed", ["exceed"] = "exceed",
        ["succeed"] = "succeed",
    };

    // The first ending that fits decides, whether or not its condition holds, so longer endings stand before those they end in.
    private static readonly (string Ending, string Instead)[] s_step2 =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"),
        ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"),
        ("biliti", "ble"), ("fulli", "ful"),
    ];

    private static readonly (string Ending, string Instead)[] s_step3 =
        [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", "")];

    private static readonly string[] s_step4 =
        ["al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "sion", "tion", "ou", "ism", "ate", "iti", "ous", "ive", "ize"];

    /// <summary>The stem of a word in lower case. Words of one or two characters are their own stem.</summary>
    public static string Stem(string word)
    {
        if (s_irregular.TryGetValue(word, out string? form))
        {
            return form;
        }

        return word.Length <= 2 ? word : Silent(Derived(Inner(Double(FinalY(Past(Plural(word)))))));
    }

    // Step 1a: plurals.
    private static string Plural(string word) =>
        word.EndsWith("ies", StringComparison.Ordinal) ? Without(word, word.Length == 4 ? 1 : 2)
        : word.EndsWith("sses", StringComparison.Ordinal) ? Without(word, 2)
        : word.EndsWith("ss", StringComparison.Ordinal) || word[^1] != 's' ? word
        : Without(word, 1);

    // Step 1b: -eed, -ed and -ing; what they leave behind gets its e back, or loses a doubled letter.
    private static string Past(string word)
    {
        if (word.EndsWith("ied", StringComparison.Ordinal))
        {
            return Without(word, word.Length == 4 ? 1 : 2);
        }

        if (word.EndsWith("eed", StringComparison.Ordinal))
        {
            return Measure(word.AsSpan(0, word.Length - 3)) > 0 ? Without(word, 1) : word;
        }

        int ending = word.EndsWith("ed", StringComparison.Ordinal) ? 2 : word.EndsWith("ing", StringComparison.Ordinal) ? 3 : 0;
        if (ending == 0 || !HasVowel(word.AsSpan(0, word.Length - ending)))
        {
            return word;
        }

        string stem = Without(word, ending);
        return stem.EndsWith("at", StringComparison.Ordinal) || stem.EndsWith("bl", StringComparison.Ordinal) || stem.EndsWith("iz", StringComparison.Ordinal) ? stem + "e"
            : EndsDoubled(stem) ? stem[^1] is 'l' or 's' or 'z' ? stem : Without(stem, 1)
            : Measure(stem) == 1 && EndsShort(stem) ? stem + "e"
            : stem;
    }

    // Step 1c: a final y after a consonant, of a word with more than that consonant.
    private static string FinalY(string word) => word.Length > 2 && word[^1] == 'y' && IsConsonant(word, word.Length - 2) ? Without(word, 1) + "i" : word;

    // Step 2: double suffixes to single ones.
    private static string Double(string word)
    {
        if (word.EndsWith("alli", StringComparison.Ordinal))
        {
            return Measure(word.AsSpan(0, word.Length - 4)) > 0 ? Double(Without(word, 2)) : word;
        }

        // The l counts to the stem, so that short ones such as geo- and theo- are treated as archaeo- is.
        if (word.EndsWith("logi", StringComparison.Ordinal))
        {
            return Measure(word.AsSpan(0, word.Length - 3)) > 0 ? Without(word, 1) : word;
        }

        return Replaced(word, s_step2);
    }

    // Step 3: -ic-, -full, -ness and the like.
    private static string Inner(string word) => Replaced(word, s_step3);

    // Step 4: endings after a stem of two syllables.
    private static string Derived(string word)
    {
        foreach (string ending in s_step4)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal))
            {
                // Of -sion and -tion only -ion goes.
                int off = ending is "sion" or "tion" ? 3 : ending.Length;
                return Measure(word.AsSpan(0, word.Length - off)) > 1 ? Without(word, off) : word;
            }
        }

        return word;
    }

    // Step 5: a final e, and a doubled l.
    private static string Silent(string word)
    {
        if (word[^1] == 'e')
        {
            string stem = Without(word, 1);
            int measure = Measure(stem);
            word = measure > 1 || (measure == 1 && !EndsShort(stem)) ? stem : word;
        }

        return word.EndsWith("ll", StringComparison.Ordinal) && Measure(word.AsSpan(0, word.Length - 1)) > 1 ? Without(word, 1) : word;
    }

    private static string Replaced(string word, (string Ending, string Instead)[] rules)
    {
        foreach ((string ending, string instead) in rules)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal))
            {
                return Measure(word.AsSpan(0, word.Length - ending.Length)) > 0 ? Without(word, ending.Length) + instead : word;
            }
        }

        return word;
    }

    private static string Without(string word, int ending) => word[..^ending];

    private static bool IsConsonant(ReadOnlySpan<char> word, int at)
    {
        // Every second y of a run is a consonant, beginning with that after a vowel or at the start.
        bool flip = false;
        while (word[at] == 'y' && at > 0)
        {
            flip = !flip;
            at--;
        }

        return flip != (word[at] is not ('a' or 'e' or 'i' or 'o' or 'u'));
    }

    // Porter's m: how many times a run of vowels is followed by a run of consonants.
    private static int Measure(ReadOnlySpan<char> word)
    {
        int measure = 0;
        for (int i = 1; i < word.Length; i++)
        {
            measure += IsConsonant(word, i) && !IsConsonant(word, i - 1) ? 1 : 0;
        }

        return measure;
    }

    private static bool HasVowel(ReadOnlySpan<char> word)
    {
        for (int i = 0; i < word.Length; i++)
        {
            if (!IsConsonant(word, i))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsDoubled(string word) => word.Length >= 2 && word[^1] == word[^2] && IsConsonant(word, word.Length - 1);

    // Porter's *o, consonant, vowel, consonant but w, x and y; a word of a vowel and a consonant alone counts too.
    private static bool EndsShort(string word) =>
        word.Length >= 3 ? IsConsonant(word, word.Length - 3) && !IsConsonant(word, word.Length - 2) && IsConsonant(word, word.Length - 1) && word[^1] is not ('w' or 'x' or 'y')
        : word.Length == 2 && !IsConsonant(word, 0) && IsConsonant(word, 1);
}
