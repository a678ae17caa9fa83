using Onpoint.Web.Database;

namespace Onpoint.Web.Tests.Database;

public sealed class SecretFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SecretFileTests() => Directory.CreateDirectory(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Programs_that_create_it_together_read_the_same_32_bytes()
    {
        byte[][] secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReadOrCreateAsync()));

        Assert.All(secrets, secret => Assert.Equal(secrets[0], secret));
        Assert.Equal(32, secrets[0].Length);
        Assert.NotEqual(new byte[32], secrets[0]);
        Assert.Equal([Path.Combine(_folder.Path, "secret")], Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public async Task Only_its_owner_may_read_it()
    {
        await ReadOrCreateAsync();

        // Windows has no modes; there the user's own data folder is closed to others.
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(_folder.Path, "secret")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Theory]
    [InlineData("00ff")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_damaged_file_is_refused_and_not_replaced(string text)
    {
        string file = Path.Combine(_folder.Path, "secret");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);

        Assert.Contains(file, (await Assert.ThrowsAsync<InvalidDataException>(ReadOrCreateAsync)).Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    private Task<byte[]> ReadOrCreateAsync() => Task.Run(() => SecretFile.ReadOrCreateAsync(_folder.Path, TestContext.Current.CancellationToken));
}
