/*
 * Follows SecureBlackbox's Msg properties and Aspose's MailMessage.Headers.
 *
 * Shows: a letter that answers another, is urgent and confidential, wants to know when it is
 * read, tells how to unsubscribe, and bears a header field and a date of our own.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 3)
        return usage("headers HOST PORT");

    INetMailMessage *message = INetMailMessage_CreateWithText(
        "ivanov@server.ru", "petrov@server.ru", "Re: Договор", "Текст письма");
    require(message);

    /* Readers order a conversation by these three. */
    check(INetMailMessage_SetMessageId(message, "<answer.3@server.ru>"));
    check(INetMailMessage_SetInReplyTo(message, "<question.2@server.ru>"));
    check(INetMailMessage_SetReferences(message, "<question.1@server.ru> <question.2@server.ru>"));

    check(INetMailMessage_SetPriority(message, INET_MAIL_PRIORITY_HIGH));
    check(INetMailMessage_SetSensitivity(message, INET_SENSITIVITY_COMPANY_CONFIDENTIAL));
    check(INetMailMessage_SetReadReceipt(message, 1));

    /* 1: a single POST to the https address unsubscribes. */
    check(INetMailMessage_SetListUnsubscribe(
        message, "https://server.ru/unsubscribe?reader=7, mailto:unsubscribe@server.ru", 1));

    /* 21 November 2026, 06:28:01, told in Moscow's time. */
    check(INetMailMessage_SetDateTime(message, 1795231681, 3 * 60));

    /* Any other field by its name. What is beyond ASCII is encoded on the way. */
    check(INetMailMessage_AddHeader(message, "X-Contract", "42/7"));
    check(INetMailMessage_AddHeader(message, "X-Department", "Бухгалтерия"));

    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_Send(client, message));

    check(INetSmtpClient_Release(client));
    check(INetMailMessage_Release(message));
    return finish();
}
