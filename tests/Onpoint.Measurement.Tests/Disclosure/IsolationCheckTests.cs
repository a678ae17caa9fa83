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
        for (int seed = 0; seed < 800; seed++)
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

        Assert.True(safe > 100, $"Only {safe} safe cases.");
        Assert.True(tooCareful == 0, $"{tooCareful} of {safe} safe cases were called unsafe.");
    }

    private static bool IsSafe(int[][] rows, int[] teachers) => IsolationCheck.IsSafe([.. rows.Select(row => Array.ConvertAll(row, value => PrimeField.Of(value)))], teachers);
}
