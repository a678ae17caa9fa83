using Onpoint.Web.Database;

namespace Onpoint.Web.Tests.Database;

public sealed class PostgresBinariesTests
{
    [Fact]
    public async Task Nothing_installed_says_what_to_install_and_the_two_other_ways()
    {
        string sentence = await MissingAsync(configured: null, path: [], usual: []);

        Assert.Contains("Onpoint needs PostgreSQL 15 or newer; none was found.", sentence, StringComparison.Ordinal);
        Assert.Contains("Install", sentence, StringComparison.Ordinal);
        Assert.Contains("ONPOINT_PG_BIN", sentence, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings__Onpoint", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_older_versions_are_named_and_refused() =>
        Assert.Contains("15 or newer; found: 14 in /fourteen.", await MissingAsync(configured: null, path: [], usual: ["/fourteen"]), StringComparison.Ordinal);

    [Fact]
    public async Task The_newest_of_the_usual_folders_is_taken() =>
        Assert.Equal("/eighteen", await FoundAsync(configured: null, path: ["/empty"], usual: ["/sixteen", "/eighteen", "/fourteen"]));

    [Fact]
    public async Task The_search_path_comes_before_a_newer_version_elsewhere() =>
        Assert.Equal("/sixteen", await FoundAsync(configured: null, path: ["/sixteen"], usual: ["/eighteen"]));

    [Fact]
    public async Task A_too_old_version_on_the_search_path_is_passed_over() =>
        Assert.Equal("/eighteen", await FoundAsync(configured: null, path: ["/fourteen"], usual: ["/eighteen"]));

    [Fact]
    public async Task A_configured_folder_is_the_only_one_looked_at()
    {
        Assert.Equal("/sixteen", await FoundAsync(configured: "/sixteen", path: ["/eighteen"], usual: ["/eighteen"]));
        Assert.Contains("ONPOINT_PG_BIN is /empty", await MissingAsync(configured: "/empty", path: ["/eighteen"], usual: []), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_existing_cluster_is_opened_by_its_own_version_only()
    {
        Assert.Equal("/sixteen", await FoundAsync(configured: null, path: ["/eighteen"], usual: ["/sixteen"], clusterMajor: 16));
        Assert.Contains(
            "made by PostgreSQL 16 and needs that version; found: 18 in /eighteen.",
            await MissingAsync(configured: null, path: ["/eighteen"], usual: [], clusterMajor: 16),
            StringComparison.Ordinal);
    }

    /// <summary>Lines of /etc/os-release as Debian 12, Ubuntu 24.04, Fedora 41, Rocky Linux 9 and Arch Linux ship them.</summary>
    [Theory]
    [InlineData("NAME=\"Debian GNU/Linux\"\nID=debian\n", "apt-get install postgresql")]
    [InlineData("ID=ubuntu\nID_LIKE=debian\n", "apt-get install postgresql")]
    [InlineData("ID=fedora\n", "dnf install postgresql-server")]
    [InlineData("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", "dnf install postgresql-server")]
    [InlineData("ID=arch\n", "package manager")]
    public void The_advice_names_the_command_of_this_distribution(string osRelease, string expected) =>
        Assert.Contains(expected, PostgresBinaries.LinuxAdvice(osRelease), StringComparison.Ordinal);

    private static async Task<string> FoundAsync(string? configured, string[] path, string[] usual, int? clusterMajor = null) =>
        Assert.IsType<PostgresSearch.Found>(await SearchAsync(configured, path, usual, clusterMajor)).Binaries.Folder;

    private static async Task<string> MissingAsync(string? configured, string[] path, string[] usual, int? clusterMajor = null) =>
        Assert.IsType<PostgresSearch.Missing>(await SearchAsync(configured, path, usual, clusterMajor)).Sentence;

    private static Task<PostgresSearch> SearchAsync(string? configured, string[] path, string[] usual, int? clusterMajor) =>
        PostgresBinaries.FindAsync(configured, path, usual, clusterMajor, folder => Task.FromResult(folder switch
        {
            "/fourteen" => new PostgresBinaries(folder, 14),
            "/sixteen" => new PostgresBinaries(folder, 16),
            "/eighteen" => new PostgresBinaries(folder, 18),
            _ => null,
        }));
}
