/*
 * A program of its own: what stands between this machine and a mail server, and what to do about it.
 *
 *     inet_probe [-t SECONDS] [-c CA.pem] [-x PROXY] HOST PORT [tls|clear [USER]]
 *
 * With a USER it logs in, by the password that stands in the environment as INET_PASSWORD. No step
 * takes longer than SECONDS, which are 10 unless given. The certificates in CA.pem are trusted beside
 * those of the system. PROXY is a URL, as curl takes it: socks5h://user:password@proxy.test:1080; of
 * a user without a password the password stands in the environment, as INET_PROXY_PASSWORD. The report
 * goes to the standard output, line by line. It ends with 0 if a letter could be sent that way.
 *
 * Shows: INetSmtpClient_Diagnose.
 */
#include "example.h"

#include <string.h>

static const char *const CALL =
    "inet_probe [-t SECONDS] [-c CA.pem] [-x PROXY] HOST PORT [tls|clear [USER]]";

struct options {
    int32_t seconds;
    const char *authorities;
    const char *proxy;
};

/* Takes the options in front; returns how many words they were, or -1. */
static int take_options(int argc, char **argv, struct options *options)
{
    int taken = 0;
    while (taken + 2 < argc && argv[taken + 1][0] == '-') {
        const char *name = argv[taken + 1];
        const char *value = argv[taken + 2];
        if (strcmp(name, "-t") == 0)
            options->seconds = (int32_t)strtol(value, NULL, 10);
        else if (strcmp(name, "-c") == 0)
            options->authorities = value;
        else if (strcmp(name, "-x") == 0)
            options->proxy = value;
        else
            return -1;
        taken += 2;
    }
    return options->seconds >= 1 && options->seconds <= 3600 ? taken : -1;
}

/* Whether the URL names a user and nothing behind. */
static int lacks_password(const char *url)
{
    const char *scheme = strstr(url, "://");
    const char *user = scheme != NULL ? scheme + 3 : url;
    const char *end = strrchr(user, '@');
    return end != NULL && memchr(user, ':', (size_t)(end - user)) == NULL;
}

static void go_through(INetSmtpClient *client, const char *url)
{
    INetServiceProxy *proxy = INetServiceProxy_Create();
    require(proxy);
    check(INetServiceProxy_SetAddress(proxy, url));
    const char *password = getenv("INET_PROXY_PASSWORD");
    if (password != NULL && lacks_password(url))
        check(INetServiceProxy_SetPassword(proxy, password));
    check(INetServiceProxy_SetActive(proxy, 1));
    check(INetSmtpClient_SetProxy(client, proxy));
    check(INetServiceProxy_Release(proxy));
}

static void log_in(INetSmtpClient *client, const char *user)
{
    const char *password = getenv("INET_PASSWORD");
    INetNetworkCredential *credential =
        INetNetworkCredential_Create(user, password != NULL ? password : "", "");
    require(credential);
    check(INetSmtpClient_SetThisHostCredentials(client, "", credential));
    check(INetNetworkCredential_Release(credential));
}

static int32_t print(const uint8_t *data, size_t length, void *user)
{
    (void)user;
    size_t written = fwrite(data, 1, length, stdout);
    return written == length && fflush(stdout) == 0 ? 0 : INET_E_CALLBACK;
}

int main(int argc, char **argv)
{
    struct options options = { 10, NULL, NULL };
    int taken = take_options(argc, argv, &options);
    if (taken < 0 || argc - taken < 3 || argc - taken > 5)
        return usage(CALL);
    argc -= taken;
    argv += taken;

    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_SetTimeout(client, options.seconds * 1000));
    check(INetSmtpClient_SetEnableSsl(client, argc > 3 && strcmp(argv[3], "tls") == 0));
    if (options.authorities != NULL)
        check(INetSmtpClient_AddTrustedCertificateFile(client, options.authorities));
    if (options.proxy != NULL)
        go_through(client, options.proxy);
    if (argc > 4)
        log_in(client, argv[4]);

    int64_t works = check(INetSmtpClient_Diagnose(client, print, NULL));
    check(INetSmtpClient_Release(client));
    if (!works) {
        /* The report has the reason. Another attempt would be another login, and some servers lock accounts. */
        fprintf(stderr, "no letter can be sent by %s:%s as that is set\n", argv[1], argv[2]);
        return EXIT_FAILURE;
    }
    return finish();
}
