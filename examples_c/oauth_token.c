/*
 * Follows Aspose's ITokenProvider and SecureBlackbox's XOAuth2.
 *
 * Shows: a login by an OAuth token, which is asked for when it is needed, and asked for anew when the
 * server does not take it any more. The token is kept in a file, and a command prints a fresh
 * one: your provider's tool, a program of your own. TLS is a must, for a token is a password.
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L /* popen */
#endif
#include "example.h"

#include <string.h>

/* What the callback below is given as `user`. */
typedef struct {
    const char *file;
    const char *command;
    int refreshed;
} Tokens;

/* The first line of a stream without its end: how long it is, or -1 for none that fits. */
static int64_t first_line(FILE *stream, char *line, size_t capacity)
{
    if (stream == NULL || fgets(line, (int)capacity, stream) == NULL)
        return -1;
    size_t length = strcspn(line, "\r\n");
    return line[length] == '\0' ? -1 : (int64_t)length;
}

/* A fresh token, which is kept for the next time. */
static int64_t refresh(Tokens *tokens, char *token, size_t capacity)
{
    FILE *command = popen(tokens->command, "r");
    int64_t length = first_line(command, token, capacity);
    if (command != NULL && pclose(command) != 0)
        length = -1;
    if (length <= 0)
        return -1;
    tokens->refreshed++;
    FILE *kept = fopen(tokens->file, "w");
    if (kept != NULL) {
        fprintf(kept, "%.*s\n", (int)length, token);
        fclose(kept);
    }
    return length;
}

/* Called at each login, on the thread of the Send; a kept connection needs no other. */
static int64_t on_token(void *user, const char *host, const char *user_name, int32_t was_refused,
                        char *token, size_t capacity)
{
    (void)host;
    (void)user_name;
    Tokens *tokens = (Tokens *)user;
    int64_t length = -1;
    if (!was_refused) {
        FILE *kept = fopen(tokens->file, "r");
        length = first_line(kept, token, capacity);
        if (kept != NULL)
            fclose(kept);
    }
    if (length <= 0)
        length = refresh(tokens, token, capacity);
    return length > 0 ? length : -2000; /* a negative answer ends the Send, which returns it */
}

int main(int argc, char **argv)
{
    if (argc != 6 && argc != 7)
        return usage("oauth_token HOST PORT USER FILE COMMAND [AUTHORITY.PEM]");

    Tokens tokens = {argv[4], argv[5], 0};
    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_SetEnableSsl(client, 1));
    if (argc == 7)
        check(INetSmtpClient_AddTrustedCertificateFile(client, argv[6]));

    /* There is no password: nothing but a token will do. */
    INetNetworkCredential *credential = INetNetworkCredential_Create(argv[3], "", "");
    require(credential);
    check(INetSmtpClient_SetThisHostCredentials(client, "OAuth2", credential));
    check(INetSmtpClient_OnToken(client, on_token, &tokens, NULL));

    INetMailMessage *message = INetMailMessage_CreateWithText(
        "ivanov@server.ru", "petrov@server.ru", "Тестовое письмо", "Текст письма");
    require(message);
    check(INetSmtpClient_Send(client, message));
    check(INetSmtpClient_Send(client, message)); /* over the same connection */
    printf("sent, with %d fresh tokens\n", tokens.refreshed);

    check(INetNetworkCredential_Release(credential));
    check(INetMailMessage_Release(message));
    check(INetSmtpClient_Release(client));
    return finish();
}
