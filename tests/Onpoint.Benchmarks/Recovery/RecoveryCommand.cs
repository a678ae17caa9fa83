using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Onpoint.Measurement.Instruments;

namespace Onpoint.Benchmarks.Recovery;

/// <summary><c>recovery [STUDY ...] [--replications N] [--out FILE]</c></summary>
internal static class RecoveryCommand
{
    private const int DefaultReplications = 2000;

    public static Command Create()
    {
        Argument<string[]> names = new("studies") { Description = "The studies to run; all unless named.", Arity = ArgumentArity.ZeroOrMore };
        Option<int> replications = new("--replications") { Description = "Replications of every configuration (count).", DefaultValueFactory = _ => DefaultReplications };
        Option<string?> output = new("--out") { Description = "A file for the tables instead of the console." };
        Command command = new("recovery", "Draw data whose truth is known, estimate it as the service does and print how often the service is right.") { names, replications, output };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(names)!, parsed.GetValue(replications), parsed.GetValue(output), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] names, int replications, string? output, CancellationToken cancellationToken)
    {
        if (replications < 1)
        {
            Console.Error.WriteLine("At least one replication is needed.");
            return 1;
        }

        var answers = new AnswerModel(await InstrumentAsync(cancellationToken));
        var records = new RecordModel(answers);
        IReadOnlyList<RecoveryStudy> studies =
        [
            new WaveStudy(answers), new ChangeStudy(answers), new PlacementStudy(answers, records), new SpreadStudy(records),
            new LandmarkStudy(answers, records), new DistrictStudy(answers),
        ];
        if (names.FirstOrDefault(name => studies.All(study => study.Name != name)) is { } unknown)
        {
            Console.Error.WriteLine($"There is no study {unknown}. Studies: {string.Join(", ", studies.Select(study => study.Name))}.");
            return 1;
        }

        StringBuilder text = new();
        foreach (RecoveryStudy study in studies.Where(study => names.Length == 0 || names.Contains(study.Name)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            text.Append(CultureInfo.InvariantCulture, $"### {study.Title}\n\n");
            text.AppendJoin('\n', study.Run(replications).Select(table => table.ToMarkdown())).Append('\n');
            Console.Error.WriteLine(FormattableString.Invariant($"{study.Name}: {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));
        }

        if (output is null)
        {
            Console.Write(text);
        }
        else
        {
            await File.WriteAllTextAsync(output, text.ToString(), cancellationToken);
        }

        return 0;
    }

    private static async Task<Instrument> InstrumentAsync(CancellationToken cancellationToken)
    {
        string file = Path.Combine(AppContext.BaseDirectory, "sample-surveys", "onpoint-teacher-1.0", "instrument.json");
        (Instrument? instrument, _) = InstrumentFile.Parse(await File.ReadAllBytesAsync(file, cancellationToken));
        return instrument ?? throw new InvalidOperationException($"{file} is not an instrument.");
    }
}
