using System.Diagnostics;
using Microsoft.Playwright;
using Onpoint.Web.Tests.Pages;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Onpoint.Web.Tests.Pages;

/// <summary>
/// The machine's own Chromium, started once for all tests that ask for a page and for none otherwise. Playwright brings its driver
/// in its package and is never asked to download a browser.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Chromium)>> _started = new(StartAsync);

    /// <summary>A new page with cookies and storage of its own.</summary>
    public async Task<IPage> NewPageAsync(BrowserNewContextOptions? options = null)
    {
        IBrowserContext context = await (await _started.Value).Chromium.NewContextAsync(options);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_started.IsValueCreated)
        {
            (IPlaywright driver, IBrowser chromium) = await _started.Value;
            await chromium.DisposeAsync();
            driver.Dispose();
        }
    }

    private static async Task<(IPlaywright Driver, IBrowser Chromium)> StartAsync()
    {
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        string executable = Find() ?? await InstallAsync();
        IPlaywright driver = await Playwright.CreateAsync();
        try
        {
            IBrowser chromium = await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = executable,

                // Chromium's sandbox refuses to start as root, which is what a container is.
                Args = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? ["--no-sandbox"] : [],
            });
            return (driver, chromium);
        }
        catch
        {
            driver.Dispose();
            throw;
        }
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ONPOINT_CHROMIUM") is { Length: > 0 } chosen)
        {
            return File.Exists(chosen) ? chosen : throw new InvalidOperationException($"ONPOINT_CHROMIUM names {chosen}, which is not there.");
        }

        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    /// <summary>A bare Debian container as root can help itself; anybody else is told what to run.</summary>
    private static async Task<string> InstallAsync()
    {
        if (Environment.IsPrivilegedProcess && File.Exists("/etc/debian_version"))
        {
            using Process install = Process.Start(new ProcessStartInfo("sh", ["-c", "apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y chromium"])
            {
                RedirectStandardOutput = true,
            })!;
            await install.StandardOutput.ReadToEndAsync();
            await install.WaitForExitAsync();
        }

        return Find() ?? throw new InvalidOperationException(
            "There is no Chromium for the page tests. Run: sudo apt-get install -y chromium   (or set ONPOINT_CHROMIUM to an executable)");
    }
}
