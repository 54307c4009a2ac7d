/*
 * Follows SecureBlackbox's SendFile.
 *
 * Shows: a letter that stands ready in a file, sent to everybody whom its header names, and what
 * became of it for each of them. Those of Bcc get it too, and nobody sees them: the field is
 * taken off.
 */
#include "example.h"

static const char *verdict(int64_t number)
{
    switch (number) {
    case INET_VERDICT_DELIVERED: return "accepted";
    case INET_VERDICT_REFUSED: return "refused";
    case INET_VERDICT_NOT_SENT: return "not sent";
    default: return "in doubt";
    }
}

static void print_recipient(const INetSendReport *report, int32_t i)
{
    char address[320], text[512];
    check(INetSendReport_GetRecipientAt(report, i, address, sizeof address));
    check(INetSendReport_GetTextAt(report, i, text, sizeof text));
    const char *outcome = verdict(check(INetSendReport_GetVerdictAt(report, i)));
    int code = (int)check(INetSendReport_GetCodeAt(report, i));
    if (code == 0)
        printf("%s: %s\n", address, outcome);
    else
        printf("%s: %s, %d %s\n", address, outcome, code, text);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return usage("send_file HOST PORT FILE");

    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);

    /* NULL twice: sender and recipients are those of the header. */
    INetSendReport *report = INetSmtpClient_SendFileWithReport(client, NULL, NULL, argv[3]);
    require(report);
    int32_t recipients = (int32_t)check(INetSendReport_GetRecipientCount(report));
    for (int32_t i = 0; i < recipients; i++)
        print_recipient(report, i);

    int32_t status = INetSendReport_GetStatus(report);
    if (INET_FAILED(status)) {
        char sentence[1024];
        check(INetSendReport_GetMessage(report, sentence, sizeof sentence));
        fprintf(stderr, "error %d: %s\n", (int)status, sentence);
    }

    check(INetSendReport_Release(report));
    check(INetSmtpClient_Release(client));
    return INET_FAILED(status) ? EXIT_FAILURE : finish();
}
