using Onpoint.Measurement.Disclosure;

namespace Onpoint.Measurement.Tests.Disclosure;

/// <summary>Seeded random waves with late batches.</summary>
internal static class RandomHistories
{
    private static readonly string[] Grades = ["a", "b", "c"];
    private static readonly string[] Years = ["x", "y"];

    /// <summary>Schools only.</summary>
    public static DisclosureHistory Schools(Random random, Action<DisclosureHistory, IReadOnlyList<DisclosureDecision>> look)
    {
        int schools = random.Next(1, 7);
        bool skips = random.Next(2) == 0;
        var history = new DisclosureHistory([.. Enumerable.Range(0, schools).Select(_ => random.Next(12) == 0 ? null : (int?)random.Next(30, 200))]);
        int batches = random.Next(1, 7);
        for (int batch = 0; batch < batches; batch++)
        {
            int most = batch == 0 ? 12 : random.Next(1, 9);
            List<TeacherAnswer> answers = [];
            for (int school = 0; school < schools; school++)
            {
                int count = random.Next(3) == 0 ? 0 : random.Next(most);
                for (int teacher = 0; teacher < count; teacher++)
                {
                    answers.Add(new TeacherAnswer(school, !skips || random.Next(5) > 0, !skips || random.Next(5) > 0));
                }
            }

            if (batch > 0 && random.Next(8) == 0)
            {
                history.Enrol(random.Next(schools), random.Next(30, 200));
            }

            look(history, history.Publish([.. answers]));
        }

        return history;
    }

    /// <summary>With two context questions of three and two options, which some do not answer.</summary>
    public static DisclosureHistory Contexts(Random random, Action<DisclosureHistory, IReadOnlyList<DisclosureDecision>> look)
    {
        int schools = random.Next(1, 5);
        int silence = random.Next(0, 4);
        var history = new DisclosureHistory([.. Enumerable.Range(0, schools).Select(_ => (int?)random.Next(30, 200))], "grade", "years");
        int batches = random.Next(1, 4);
        for (int batch = 0; batch < batches; batch++)
        {
            int most = batch == 0 ? 25 : random.Next(1, 16);
            List<TeacherAnswer> answers = [];
            for (int school = 0; school < schools; school++)
            {
                // Some schools teach one grade only.
                int grade = random.Next(5);
                int count = random.Next(most);
                for (int teacher = 0; teacher < count; teacher++)
                {
                    answers.Add(new TeacherAnswer(
                        school, random.Next(12) > 0, random.Next(12) > 0,
                        random.Next(10) < silence ? null : Grades[grade < 3 && random.Next(4) > 0 ? grade : random.Next(3)],
                        random.Next(10) < silence ? null : Years[random.Next(3) / 2]));
                }
            }

            look(history, history.Publish([.. answers]));
        }

        return history;
    }
}
