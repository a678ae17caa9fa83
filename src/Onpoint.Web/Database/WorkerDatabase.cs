using Microsoft.EntityFrameworkCore;

namespace Onpoint.Web.Database;

/// <summary>The tables as the worker's role sees them: jobs and imports, never pages.</summary>
internal sealed class WorkerDatabase(Databases databases)
{
    private readonly DbContextOptions<OnpointDb> _options = OnpointDb.Options(databases.Worker);

    public OnpointDb Open() => new(_options);
}
