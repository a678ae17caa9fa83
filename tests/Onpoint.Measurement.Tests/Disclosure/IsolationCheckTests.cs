using System.Numerics;
using Onpoint.Measurement.Disclosure;

namespace Onpoint.Measurement.Tests.Disclosure;

public sealed class IsolationCheckTests
{
    /// <summary>Random rows with small whole coefficients: never safe where the exact elimination finds a small combination, and hardly ever unsafe where it finds none.</summary>
    [Fact]
    public void The_check_agrees_with_exact_elimination()
    {
        int safe = 0;
        int tooCareful = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            int columns = random.Next(2, 22);
            int[] teachers = [.. Enumerable.Range(0, columns).Select(_ => random.Next(0, random.Next(2, 7)))];
            int density = random.Next(2, 5);
            int[][] rows = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => Enumerable.Range(0, columns).Select(_ => random.Next(density) > 0 ? random.Next(1, 3) : 0).ToArray())];

            bool found = IsSafe(rows, teachers);
            bool exact = ExactRows.Isolated(rows.Select(row => Array.ConvertAll(row, value => (BigInteger)value)), teachers) is null;

            Assert.False(found && !exact, $"Seed {seed} is isolating and was called safe.");
            safe += exact ? 1 : 0;
            tooCareful += exact && !found ? 1 : 0;
        }

        Assert.True(safe > 50, $"Only {safe} safe cases.");
        Assert.True(tooCareful == 0, $"{tooCareful} of {safe} safe cases were called unsafe.");
    }

    /// <summary>Six schools with one teacher in each of five groups: every school is five teachers and every group six, in any order of the columns.</summary>
    [Fact]
    public void Units_of_just_five_teachers_are_safe()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            int[] columns = [.. Enumerable.Range(0, 30)];
            new Random(seed).Shuffle(columns);
            int[][] rows = [
                .. Enumerable.Range(0, 6).Select(school => Array.ConvertAll(columns, column => column / 5 == school ? 1 : 0)),
                .. Enumerable.Range(0, 5).Select(group => Array.ConvertAll(columns, column => column % 5 == group ? 1 : 0))];

            Assert.True(IsSafe(rows, [.. Enumerable.Repeat(1, 30)]), $"Seed {seed}");
            Assert.False(IsSafe(rows, [0, .. Enumerable.Repeat(1, 29)]), $"Seed {seed}: a school of four");
        }
    }

    /// <summary>Four teachers somewhere among others, added to rows that rest on many: the row of the four is found whichever columns the bases take.</summary>
    [Fact]
    public void A_combination_of_four_teachers_is_found_wherever_it_lies()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            int[] columns = [.. Enumerable.Range(0, 24)];
            random.Shuffle(columns);
            int[] four = Array.ConvertAll(columns, column => column < 4 ? 1 + column : 0);
            int[][] others = [.. Enumerable.Range(0, 5).Select(_ => Array.ConvertAll(columns, _ => random.Next(1, 100)))];
            int[][] rows = [.. others, [.. Enumerable.Range(0, 24).Select(column => four[column] + others.Sum(row => row[column]))]];

            Assert.True(IsSafe(others, [.. Enumerable.Repeat(1, 24)]), $"Seed {seed}");
            Assert.False(IsSafe(rows, [.. Enumerable.Repeat(1, 24)]), $"Seed {seed}");
        }
    }

    private static bool IsSafe(int[][] rows, int[] teachers) => IsolationCheck.IsSafe([.. rows.Select(row => Array.ConvertAll(row, value => PrimeField.Of(value)))], teachers);
}
