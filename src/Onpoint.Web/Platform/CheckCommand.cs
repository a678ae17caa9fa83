using System.CommandLine;

namespace Onpoint.Web.Platform;

/// <summary><c>onpoint check</c>: whether this machine has what the program needs.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        Command command = new("check", "Say whether this machine has what Onpoint needs.");
        command.SetAction(async (_, cancellationToken) =>
        {
            string? noFont = ProgramStart.FindFont();
            Console.WriteLine(noFont is null ? "Font for charts: found." : $"Font for charts: {noFont}");
            int code = await ProgramStart.WithDatabaseAsync(
                databases =>
                {
                    Console.WriteLine(databases.Embedded is { } embedded
                        ? $"Database: embedded PostgreSQL in {embedded.DataFolder}, {(embedded.Adopted ? "already running" : "starts")}, up to date."
                        : "Database: the configured server answers and is up to date.");
                    return Task.FromResult(0);
                },
                cancellationToken);
            return noFont is null ? code : ProgramStart.NotPossible;
        });
        return command;
    }
}
