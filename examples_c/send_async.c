/*
 * Follows Aspose's SmtpClient.SendAsync and .NET's SmtpClient.SendAsync.
 *
 * Shows: a letter that goes out on a thread of the library while the program does something else,
 * how far it is, and how it went; another that is cancelled.
 */
#include "example.h"

/* What the callbacks below are given as `user`. */
typedef struct {
    int32_t messages;
    int32_t status;
} Account;

/* Called on the library's thread when the letter begins, at most ten times a second while it goes
 * out, and when the server has accepted it. A negative answer would end the Send. */
static int32_t on_progress(void *user, int64_t octets, int64_t total, int32_t messages)
{
    (void)octets;
    (void)total;
    ((Account *)user)->messages = messages;
    return 0;
}

/* Called on the library's thread when the operation has its result. INetOperation_Wait returns
 * behind it, so that it needs no lock here. */
static void on_completed(void *user, INetOperation *operation)
{
    ((Account *)user)->status = INetOperation_GetStatus(operation);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return usage("send_async HOST PORT");

    Account account = {0, 1};
    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_OnProgress(client, on_progress, &account, NULL));
    INetMailMessage *message = INetMailMessage_CreateWithText(
        "ivanov@server.ru", "petrov@server.ru", "Первое письмо", "Текст письма");
    require(message);

    INetOperation *operation =
        INetSmtpClient_SendAsync(client, message, on_completed, &account, NULL);
    require(operation);

    /* The letter goes out as it was: the message may be changed at once. */
    check(INetMailMessage_SetSubject(message, "Второе письмо"));

    int turns = 0;
    while (check(INetOperation_Wait(operation, 20)) == 0)
        turns++; /* Here a program with windows would draw them. */
    (void)turns;

    /* What went wrong, if anything did, is in the report; it has no thread. */
    INetSendReport *report = INetOperation_GetReport(operation);
    require(report);
    char sentence[1024];
    INetSendReport_GetMessage(report, sentence, sizeof sentence);
    if (account.status != INET_OK || account.messages != 1) {
        fprintf(stderr, "error %d: %s\n", (int)account.status, sentence);
        return EXIT_FAILURE;
    }
    printf("sent: %lld of %lld octets\n", (long long)check(INetOperation_GetOctetsSent(operation)),
           (long long)check(INetOperation_GetOctetsTotal(operation)));
    check(INetSendReport_Release(report));
    check(INetOperation_Release(operation));

    /* Another, which is cancelled, unless it is faster. Its end is waited for all the same. */
    operation = INetSmtpClient_SendAsync(client, message, NULL, NULL, NULL);
    require(operation);
    check(INetOperation_Cancel(operation));
    check(INetOperation_Wait(operation, -1));
    switch (INetOperation_GetStatus(operation)) {
    case INET_OK:
    case INET_E_CANCELLED:
    case INET_E_IN_DOUBT:
        printf("over\n");
        break;
    default:
        return EXIT_FAILURE;
    }
    check(INetOperation_Release(operation));

    check(INetSmtpClient_Release(client));
    check(INetMailMessage_Release(message));
    return finish();
}
