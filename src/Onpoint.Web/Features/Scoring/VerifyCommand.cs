using System.CommandLine;
using Onpoint.Measurement.Verification;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Scoring;

/// <summary><c>onpoint verify FILE</c>: recomputes a downloaded score from its file alone, without a database.</summary>
internal static class VerifyCommand
{
    private const int Failed = 1;

    public static Command Create()
    {
        Argument<string> file = new("file") { Description = "The file that \"Reproduce this score\" downloads." };
        Command command = new("verify", "Recompute a published score from its file and say equal, or where not.") { file };
        command.SetAction(parsed => Run(parsed.GetValue(file)!, Console.Out, Console.Error));
        return command;
    }

    /// <returns>0 when everything is equal.</returns>
    internal static int Run(string file, TextWriter output, TextWriter errors)
    {
        VerificationReport report;
        try
        {
            report = ScoreVerification.Verify(File.ReadAllBytes(file));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"{file} cannot be read: {refused.Message}");
            return Failed;
        }
        catch (FormatException refused)
        {
            errors.WriteLine($"{file} is not the file of a published score. {refused.Message}");
            return Failed;
        }

        ReproducedWave wave = report.Reproduction.Wave;
        string of = $"wave {wave.Wave} of district {wave.District}, revision {wave.Revision}";
        output.WriteLine(report.Equal
            ? $"{file}: equal. {Display.Count(report.Quantities.Count)} published numbers of {of} follow from the file."
            : $"{file}: not equal. {Display.Count(report.Quantities.Count(quantity => !quantity.Equal))} of {Display.Count(report.Quantities.Count)} published numbers of {of} do not follow from the file:");
        foreach (VerifiedQuantity quantity in report.Quantities.Where(quantity => !quantity.Equal))
        {
            output.WriteLine($"  {quantity.Name}: published {quantity.Published}, recomputed {quantity.Recomputed}");
        }

        foreach (string sentence in report.NotChecked)
        {
            output.WriteLine(sentence);
        }

        return report.Equal ? 0 : Failed;
    }
}
