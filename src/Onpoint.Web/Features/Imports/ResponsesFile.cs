using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using Onpoint.Web.Features.Responses;

namespace Onpoint.Web.Features.Imports;

/// <summary>One row of a responses file, or what is wrong with it.</summary>
internal sealed record ResponseRow(long Line, string? District, string? Wave, string School, byte[] Answers, ImportProblem? Problem);

/// <summary>Our own responses.csv, also gzipped, read as a stream.</summary>
internal static class ResponsesFile
{
    /// <summary>The file's SHA-256: of the bytes as they are.</summary>
    public static async Task<byte[]> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using FileStream file = File.OpenRead(path);
        return await SHA256.HashDataAsync(file, cancellationToken);
    }

    /// <summary>Reads row by row. The header is checked at once, the rows as they come.</summary>
    /// <exception cref="ImportException">The header lacks school_id or names a question the instrument does not have, or a quote is never closed.</exception>
    public static IEnumerable<ResponseRow> Read(string path, AnswerCodes codes)
    {
        string file = Path.GetFileName(path);
        using Stream raw = File.OpenRead(path);
        using Stream content = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        using CsvReader reader = CsvReader.Create(content, new CsvReaderOptions { TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw }, false);
        (int district, int wave, int school, List<(int Column, int Place)> questions) = ReadHeader(reader, file, codes);
        while (true)
        {
            bool more;
            try
            {
                more = reader.Read();
            }
            catch (CsvFormatException malformed)
            {
                throw new ImportException([new ImportProblem(file, malformed.LineNumber, null, malformed.Message)]);
            }

            if (!more)
            {
                yield break;
            }

            yield return ReadRow(reader, file, codes, district, wave, school, questions);
        }
    }

    private static (int District, int Wave, int School, List<(int Column, int Place)> Questions) ReadHeader(CsvReader reader, string file, AnswerCodes codes)
    {
        (int district, int wave, int school) = (-1, -1, -1);
        List<(int Column, int Place)> questions = [];
        List<ImportProblem> problems = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        reader.ReadHeader();
        for (int column = 0; column < reader.Headers.Count; column++)
        {
            string name = reader.Headers[column].Trim();
            if (!seen.Add(name))
            {
                problems.Add(new ImportProblem(file, 1, name, "stands twice in the header; keep one column."));
            }

            switch (name)
            {
                case "district_id":
                    district = column;
                    break;
                case "wave":
                    wave = column;
                    break;
                case "school_id":
                    school = column;
                    break;
                default:
                    if (codes.TryGetPlace(name, out int place))
                    {
                        questions.Add((column, place));
                    }
                    else
                    {
                        problems.Add(new ImportProblem(file, 1, name, "is not a question of this instrument; remove the column."));
                    }

                    break;
            }
        }

        if (school < 0)
        {
            problems.Add(new ImportProblem(file, 1, "school_id", "is missing; every answer belongs to a school."));
        }

        return problems.Count > 0 ? throw new ImportException(problems) : (district, wave, school, questions);
    }

    private static ResponseRow ReadRow(CsvReader reader, string file, AnswerCodes codes, int district, int wave, int school, List<(int Column, int Place)> questions)
    {
        byte[] answers = new byte[codes.Length];
        ImportProblem? problem = null;
        foreach ((int column, int place) in questions)
        {
            if (column < reader.FieldCount && codes.ReadCell(place, reader.GetSpan(column), out answers[place]) is { } invalid)
            {
                problem ??= new ImportProblem(file, reader.LineNumber, invalid.Item, $"{invalid.Value} is not an answer to this question; allowed are {invalid.Allowed}.");
            }
        }

        if (reader.FieldCount != reader.Headers.Count)
        {
            problem ??= new ImportProblem(file, reader.LineNumber, null, $"has {reader.FieldCount} cells, the header {reader.Headers.Count}.");
        }

        return new ResponseRow(reader.LineNumber, Text(reader, district), Text(reader, wave), Text(reader, school) ?? "", answers, problem);
    }

    private static string? Text(CsvReader reader, int column) =>
        column < 0 || column >= reader.FieldCount ? null : Encoding.UTF8.GetString(reader.GetSpan(column)).Trim() is { Length: > 0 } text ? text : null;
}
