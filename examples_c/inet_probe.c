/*
 * A program of its own: what stands between this machine and a mail server, and what to do about it.
 *
 *     inet_probe [-t SECONDS] [-c CA.pem] [-x PROXY] HOST PORT [tls|implicit|clear [USER]]
 *
 * `tls` is TLS from the first octet on port 465 and STARTTLS elsewhere, `implicit` TLS from the first
 * octet on any port, `clear` (where no word is given, too) no TLS. With a USER it logs in, by the
 * password that stands in the environment as INET_PASSWORD; with `clear` it says so where that goes out
 * for everybody to read. No step takes longer than SECONDS, which are 10 unless given. The certificates in CA.pem are trusted beside
 * those of the system. PROXY is a URL, as curl takes it: socks5h://user:password@proxy.test:1080; of
 * a user without a password the password stands in the environment, as INET_PROXY_PASSWORD. The report
 * goes to the standard output, line by line. It ends with 0 if a letter could be sent that way.
 *
 * Shows: INetSmtpClient_Diagnose.
 */
#include "example.h"

#include <string.h>
#include <strings.h>

static const char *const CALL =
    "inet_probe [-t SECONDS] [-c CA.pem] [-x PROXY] HOST PORT [tls|implicit|clear [USER]]";

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

enum protection { CLEAR, TLS, IMPLICIT };

/* What a word of the call stands for, or -1. */
static int protection_of(const char *word)
{
    static const char *const words[] = { "clear", "tls", "implicit" };
    for (int protection = CLEAR; protection <= IMPLICIT; protection++)
        if (strcasecmp(word, words[protection]) == 0)
            return protection;
    return -1;
}

static void protect(INetSmtpClient *client, int protection)
{
    if (protection == IMPLICIT)
        check(INetSmtpClient_SetSecurityOptions(client, INET_SECURITY_SSL_IMPLICIT));
    else
        check(INetSmtpClient_SetEnableSsl(client, protection == TLS));
}

/* A line of the report, for the logins that show their secret to everybody on the way. */
static void warn(void *user, int32_t notification, const char *parameters)
{
    (void)user;
    if (notification == INET_NOTIFICATION_LOGIN_IN_CLEAR)
        printf("warning: the password goes out in clear (%s)\n", parameters);
}

static void log_in(INetSmtpClient *client, const char *user, const char *password)
{
    INetNetworkCredential *credential = INetNetworkCredential_Create(user, password, "");
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

    int32_t port = port_number(argv[2]);
    int protection = protection_of(argc > 3 ? argv[3] : "clear");
    if (protection < 0)
        return usage(CALL);
    const char *user = argc > 4 ? argv[4] : NULL;
    const char *password = getenv("INET_PASSWORD");
    if (user != NULL && password == NULL) {
        fprintf(stderr, "the password of %s has to stand in the environment, as INET_PASSWORD\n", user);
        return usage(CALL);
    }

    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort(argv[1], port);
    require(client);
    check(INetSmtpClient_SetTimeout(client, options.seconds * 1000));
    protect(client, protection);
    if (options.authorities != NULL)
        check(INetSmtpClient_AddTrustedCertificateFile(client, options.authorities));
    if (options.proxy != NULL)
        go_through(client, options.proxy);
    if (user != NULL)
        log_in(client, user, password);
    if (user != NULL && protection == CLEAR) {
        printf("warning: no TLS is asked for; with PLAIN or LOGIN the password goes out in clear\n");
        check(INetSmtpClient_OnNotification(client, warn, NULL, NULL));
    }

    int64_t works = check(INetSmtpClient_Diagnose(client, print, NULL));
    check(INetSmtpClient_Release(client));
    if (!works) {
        /* The report has the reason. Another attempt would be another login, and some servers lock accounts. */
        fprintf(stderr, "no letter can be sent by %s:%s as that is set\n", argv[1], argv[2]);
        return EXIT_FAILURE;
    }
    return finish();
}
