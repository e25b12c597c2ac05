namespace Sluice.Demo;

/// <summary>A made-up person.</summary>
/// <param name="First">First name.</param>
/// <param name="Last">Surname.</param>
internal readonly record struct Person(string First, string Last)
{
    private static readonly string[] s_first = WordList.Words("""
        Ada Adam Aisha Alba Alexei Alice Amara Amir Ana Anders Anika Anton Aria Astrid Beatriz Ben Bianca Boris Bruno Camila Carla Carlos Chen Clara Dana Daniel
        David Deepa Diego Dina Edith Elena Elias Emil Emma Erik Esther Eva Farah Felix Femi Fiona Frida Gabriel Gita Goran Grace Greta Hana Hannah Hassan Hector
        Helena Henrik Hugo Ian Ibrahim Ida Igor Imani Ines Ingrid Irene Ivan Jamal Jana Jasper Joana Jonas Jorge Julia Kai Karim Katya Kenji Kofi Lara Leila Lena
        Leo Lina Lucas Lucia Luis Magnus Malik Mara Marco Maria Marta Mateo Maya Mei Mila Milan Mina Mira Mohan Nadia Naomi Nia Nikolai Nina Noah Nora Oksana Olga
        Omar Oscar Otto Pablo Paula Pedro Petra Priya Quentin Rafael Rania Ravi Rosa Rufus Ruth Samir Sana Sara Selma Silas Simon Sofia Stefan Sven Tara Tariq Tessa
        Theo Thomas Tomas Uma Ursula Valentin Vera Victor Viola Wanda Xavier Yara Yusuf Zara Zoe
        """);

    private static readonly string[] s_last = WordList.Join(
        WordList.Words("Al Bar Ber Bor Cal Car Dal Dor El Fal Fer Gar Hal Har Hol Jan Kal Kar Kel Kor Lan Lar Lin Mal Mar Mor Nor Ol Or Par Per Pol Ran Ros Sal San Sol Tal Tor Val Var Ver Vol Wal Win Zam"),
        WordList.Words("aday akis ando anov arez berg bury dahl dini dorf eira enko esco etti feld gren idze inen itsky kamp lund maas moto muth nagar nesi okafor ovic quist rano rup sen shaw sky stad stein stone strom tano tsu ulu ura vedt vik wick wood yama zadeh"));

    /// <summary>Draws a person.</summary>
    public static Person Draw(DemoRandom random) => new(random.Pick(s_first), random.Pick(s_last));

    /// <summary>Draws people with different first names.</summary>
    public static void Draw(DemoRandom random, Span<Person> people)
    {
        Span<int> picks = stackalloc int[people.Length];
        random.PickDistinct(picks, s_first.Length);
        for (int i = 0; i < people.Length; i++)
        {
            people[i] = new Person(s_first[picks[i]], random.Pick(s_last));
        }
    }
}
