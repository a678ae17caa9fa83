using System.CommandLine;

namespace Onpoint.Web.Platform;

/// <summary><c>onpoint migrate</c>: brings the database up to date and ends.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        Command command = new("migrate", "Bring the database up to date.");
        command.SetAction((_, cancellationToken) => ProgramStart.WithDatabaseAsync(
            databases =>
            {
                Console.WriteLine(databases.Embedded is { } embedded ? $"The database in {embedded.DataFolder} is up to date." : "The database is up to date.");
                return Task.FromResult(0);
            },
            cancellationToken));
        return command;
    }
}
