namespace Onpoint.Web.Features.Imports;

/// <summary>A district and wave that an import made or filled.</summary>
internal sealed record ImportedWave(string District, Guid DistrictId, string Wave, Guid WaveId, string State, int Stored, bool AlreadyLoaded);

/// <summary>What an import did. Rejected rows are listed up to a limit, then counted.</summary>
internal sealed record ImportReport(int Read, int Stored, int Rejected, IReadOnlyList<ImportProblem> Problems, IReadOnlyList<ImportedWave> Waves)
{
    public const int MostReportedRows = 10_000;
}
