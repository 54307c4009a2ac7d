/*
 * Follows the Fore listing INetMailMessage.Bcc.
 *
 * Shows: blind copies. They are delivered, and nothing in the letter tells the other recipients.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 3)
        return usage("bcc HOST PORT");

    INetMailAddress *from = CurlMailAddress_Create("ivanov@server.ru");
    require(from);
    INetMailAddress *to = CurlMailAddress_Create("petrov@server.ru");
    require(to);
    INetMailAddress *hidden = CurlMailAddress_Create("sidorov@server.ru");
    require(hidden);

    INetMailMessage *message = CurlMailMessage_CreateWithFromAndTo(from, to);
    require(message);
    check(INetMailMessage_SetSubject(message, "Тестовое письмо"));
    check(INetMailMessage_SetBody(message, "Текст письма"));

    /* The collection is a view of the message: what is added to it is in the message. */
    INetMailAddressCollection *bcc = INetMailMessage_GetBcc(message);
    require(bcc);
    check(INetMailAddressCollection_Add(bcc, hidden));

    INetSmtpClient *client = CurlSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_Send(client, message));

    check(INetSmtpClient_Release(client));
    check(INetMailAddressCollection_Release(bcc));
    check(INetMailMessage_Release(message));
    check(INetMailAddress_Release(hidden));
    check(INetMailAddress_Release(to));
    check(INetMailAddress_Release(from));
    return finish();
}
