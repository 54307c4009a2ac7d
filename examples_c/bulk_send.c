/*
 * Follows Aspose's SmtpClient.BulkSend with a MailMessageCollection.
 *
 * Shows: many letters in one run, over one connection. A letter that fails does not keep the
 * others, nor does an address that is none; the report tells what became of each.
 */
#include "example.h"

/* Answers 0 if there can be no letter to such a recipient. */
static int add_letter(INetMailMessageCollection *letters, const char *recipient)
{
    INetMailMessage *letter = INetMailMessage_CreateWithText(
        "ivanov@server.ru", recipient, "Тестовое письмо", "Текст письма");
    if (letter == NULL) {
        char sentence[1024];
        INetError_GetMessage(sentence, sizeof sentence);
        printf("%s is left out: %s\n", recipient, sentence);
        return 0;
    }
    check(INetMailMessageCollection_Add(letters, letter));
    check(INetMailMessage_Release(letter));
    return 1;
}

static void tell(INetSendReport *report, int32_t index)
{
    INetSendReport *letter = INetSendReport_GetMessageReport(report, index);
    require(letter);
    char recipient[256], text[1024];
    check(INetSendReport_GetRecipientAt(letter, 0, recipient, sizeof recipient));
    if (INetSendReport_GetStatus(letter) == 0)
        check(INetSendReport_GetFinalText(letter, text, sizeof text));
    else
        check(INetSendReport_GetMessage(letter, text, sizeof text));
    printf("%s: %s\n", recipient, text);
    check(INetSendReport_Release(letter));
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return usage("bulk_send HOST PORT RECIPIENT...");

    INetMailMessageCollection *letters = INetMailMessageCollection_Create();
    require(letters);
    int left_out = 0;
    for (int i = 3; i < argc; i++)
        left_out += !add_letter(letters, argv[i]);

    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    INetSendReport *report = INetSmtpClient_BulkSendWithReport(client, letters);
    require(report);

    int32_t count = (int32_t)check(INetSendReport_GetMessageCount(report));
    for (int32_t i = 0; i < count; i++)
        tell(report, i);
    printf("%d of %d delivered\n", (int)check(INetSendReport_GetSucceededCount(report)),
           (int)count);

    /* What is negative here is the fate of the run, not a failure of the call. */
    int32_t status = INetSendReport_GetStatus(report);
    if (status != 0) {
        char sentence[1024];
        check(INetSendReport_GetMessage(report, sentence, sizeof sentence));
        fprintf(stderr, "error %d: %s\n", (int)status, sentence);
        return EXIT_FAILURE;
    }
    if (left_out > 0) {
        fprintf(stderr, "error %d: the others are delivered, %d recipients are none\n",
                INET_E_SOME_MESSAGES_FAILED, left_out);
        return EXIT_FAILURE;
    }

    check(INetSendReport_Release(report));
    check(INetSmtpClient_Release(client));
    check(INetMailMessageCollection_Release(letters));
    return finish();
}
