/*
 * A batch, as docs/batches.md tells it.
 *
 * Shows: the login tried before anything is sent, several connections, a pace, a run on a thread
 * of the library, and what to do with what became of each letter.
 */
#include "example.h"

/* What became of the letters, one number for each verdict. */
typedef struct {
    int delivered, refused, not_sent, in_doubt;
} Account;

static void set_up(INetSmtpClient *client, const char *user, const char *password)
{
    INetNetworkCredential *credential = INetNetworkCredential_Create(user, password, "");
    require(credential);
    check(INetSmtpClient_SetThisHostCredentials(client, "", credential));
    check(INetNetworkCredential_Release(credential));

    /* Two connections, for this run and for whatever else goes through this client. */
    check(INetSmtpClient_SetUseMultiConnection(client, INET_MULTI_CONNECTION_ENABLE));
    check(INetSmtpClient_SetConnectionsQuantity(client, 2));
    check(INetSmtpClient_SetMaxConnections(client, 2));
    /* What the server's operator allows. */
    check(INetSmtpClient_SetMaxMessagesPerSecond(client, 50));
    check(INetSmtpClient_SetMaxMessagesPerConnection(client, 500));
    /* Whom the server puts off gets two more chances within the run, after 2 s and after 4 s. */
    check(INetSmtpClient_SetThrottleRetries(client, 2));
    check(INetSmtpClient_SetThrottleDelay(client, 2000));
    /* No more than one letter of each connection can ever be in doubt. */
    check(INetSmtpClient_SetWindowMessages(client, 1));
}

static INetMailMessageCollection *letters_to(char **recipients, int count)
{
    INetMailMessageCollection *letters = INetMailMessageCollection_Create();
    require(letters);
    for (int i = 0; i < count; i++) {
        INetMailMessage *letter = INetMailMessage_CreateWithText(
            "ivanov@server.ru", recipients[i], "Тестовое письмо", "Текст письма");
        require(letter);
        check(INetMailMessageCollection_Add(letters, letter));
        check(INetMailMessage_Release(letter));
    }
    return letters;
}

/* Each letter of this batch has one recipient; of several each has a verdict of its own. */
static void tell(INetSendReport *letter, Account *account)
{
    char recipient[256], text[1024];
    check(INetSendReport_GetRecipientAt(letter, 0, recipient, sizeof recipient));
    switch (check(INetSendReport_GetVerdictAt(letter, 0))) {
    case INET_VERDICT_DELIVERED:
        account->delivered++;
        check(INetSendReport_GetFinalText(letter, text, sizeof text));
        printf("%s: delivered: %s\n", recipient, text);
        break;
    case INET_VERDICT_REFUSED:
        account->refused++;
        check(INetSendReport_GetMessage(letter, text, sizeof text));
        printf("%s: refused %s: %s\n", recipient,
               check(INetSendReport_GetIsTransient(letter)) ? "for now" : "for good", text);
        break;
    case INET_VERDICT_NOT_SENT:
        account->not_sent++;
        check(INetSendReport_GetMessage(letter, text, sizeof text));
        printf("%s: not sent, so that nobody has it: %s\n", recipient, text);
        break;
    default:
        account->in_doubt++;
        check(INetSendReport_GetMessage(letter, text, sizeof text));
        printf("%s: in doubt, look before it goes again: %s\n", recipient, text);
        break;
    }
}

int main(int argc, char **argv)
{
    if (argc < 6)
        return usage("batch HOST PORT USER PASSWORD RECIPIENT...");

    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    set_up(client, argv[3], argv[4]);
    check(INetSmtpClient_ValidateCredentials(client));

    INetMailMessageCollection *letters = letters_to(argv + 5, argc - 5);
    INetOperation *operation = INetSmtpClient_BulkSendAsync(client, letters, NULL, NULL, NULL);
    require(operation);
    while (check(INetOperation_Wait(operation, 1000)) == 0)
        printf("accepted so far: %d\n", (int)check(INetOperation_GetMessagesDone(operation)));

    INetSendReport *report = INetOperation_GetReport(operation);
    require(report); /* NULL: the run failed before any letter was tried */
    Account account = {0, 0, 0, 0};
    int32_t count = (int32_t)check(INetSendReport_GetMessageCount(report));
    for (int32_t i = 0; i < count; i++) {
        INetSendReport *letter = INetSendReport_GetMessageReport(report, i);
        require(letter);
        tell(letter, &account);
        check(INetSendReport_Release(letter));
    }
    printf("%d delivered, %d refused, %d not sent, %d in doubt\n", account.delivered,
           account.refused, account.not_sent, account.in_doubt);

    /* What is negative here is the fate of the run, not a failure of the call. */
    int32_t status = INetSendReport_GetStatus(report);
    if (status != 0) {
        char sentence[1024];
        check(INetSendReport_GetMessage(report, sentence, sizeof sentence));
        fprintf(stderr, "error %d: %s\n", (int)status, sentence);
    }

    check(INetSendReport_Release(report));
    check(INetOperation_Release(operation));
    check(INetMailMessageCollection_Release(letters));
    check(INetSmtpClient_Release(client));
    return finish() == EXIT_SUCCESS && status == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
