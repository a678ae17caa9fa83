using System.Net;
using System.Net.Sockets;

namespace Onpoint.Web.Platform;

/// <summary>The port to listen on.</summary>
internal static class FreePort
{
    public const int Usual = 5080;

    /// <summary>The wanted port, or the next one that nobody listens on; 0 stays 0 (the system chooses).</summary>
    public static int From(int wanted)
    {
        for (int port = wanted; port is > 0 and < 65_536; port++)
        {
            using Socket probe = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ExclusiveAddressUse = true };
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Somebody has it: the next one.
            }
        }

        return 0;
    }
}
