using System.CommandLine;
using Onpoint.Web.Database;

namespace Onpoint.Web.Platform;

/// <summary><c>onpoint serve</c>: the service.</summary>
internal static class ServeCommand
{
    public static readonly Option<int> Port = new("--port") { Description = "Port on 127.0.0.1; the next free one when it is taken.", DefaultValueFactory = _ => FreePort.Usual };

    public static Command Create()
    {
        Option<AppRole> role = new("--role") { Description = "web: pages and API. worker: jobs. all: both.", DefaultValueFactory = _ => AppRole.All };
        Command command = new("serve", "Run the service on this machine.") { Port, role };
        command.SetAction((parsed, cancellationToken) => ProgramStart.WithDatabaseAsync(
            databases => RunAsync(databases, parsed.GetValue(role), parsed.GetValue(Port), cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Databases databases, AppRole role, int port, CancellationToken cancellationToken)
    {
        if (role == AppRole.Worker)
        {
            using IHost worker = OnpointApp.BuildWorker(databases);
            Console.WriteLine("Working on jobs. Stop with Ctrl+C.");
            await worker.RunAsync(cancellationToken);
            return 0;
        }

        if (ProgramStart.FindFont() is { } noFont)
        {
            return ProgramStart.Refuse(noFont);
        }

        (byte[]? secret, string? refusal) = await ProgramStart.SecretAsync(databases, cancellationToken);
        if (secret is null)
        {
            return ProgramStart.Refuse(refusal!);
        }

        await using WebApplication app = OnpointApp.BuildWeb(databases, secret, role, FreePort.From(port));
        await databases.WarnWhenWebReadsResponsesAsync(app.Logger, cancellationToken);
        await app.StartAsync(cancellationToken);
        Console.WriteLine($"Onpoint listens on {app.Urls.First()} and on no other address: there are no accounts yet, so only this machine may reach it. Stop with Ctrl+C.");
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}
