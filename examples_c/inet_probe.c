/*
 * A program of its own: what stands between this machine and a mail server, and what to do about it.
 *
 *     inet_probe HOST PORT [tls|clear [USER]]
 *
 * With a USER it logs in, by the password that stands in the environment as INET_PASSWORD. The
 * report goes to the standard output. It ends with 0 if a letter could be sent that way.
 *
 * Shows: INetSmtpClient_Diagnose.
 */
#include "example.h"

#include <string.h>

static int32_t print(const uint8_t *data, size_t length, void *user)
{
    (void)user;
    return fwrite(data, 1, length, stdout) == length ? 0 : INET_E_CALLBACK;
}

int main(int argc, char **argv)
{
    if (argc < 3 || argc > 5)
        return usage("inet_probe HOST PORT [tls|clear [USER]]");

    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_SetEnableSsl(client, argc > 3 && strcmp(argv[3], "tls") == 0));
    if (argc > 4) {
        const char *password = getenv("INET_PASSWORD");
        INetNetworkCredential *credential =
            INetNetworkCredential_Create(argv[4], password != NULL ? password : "", "");
        require(credential);
        check(INetSmtpClient_SetThisHostCredentials(client, "", credential));
        check(INetNetworkCredential_Release(credential));
    }

    int64_t works = check(INetSmtpClient_Diagnose(client, print, NULL));
    fflush(stdout);
    if (!works)
        check(INetSmtpClient_ValidateCredentials(client)); /* tells the reason as programs get it */

    check(INetSmtpClient_Release(client));
    return finish();
}
