/*
 * Follows the Fore listing INetMailAddressCollection.AddString.
 *
 * Shows: recipients added as text, without an address object for each.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 3)
        return usage("add_string HOST PORT");

    INetMailAddress *from = CurlMailAddress_Create("ivanov@server.ru");
    require(from);
    INetMailAddress *to = CurlMailAddress_Create("petrov@server.ru");
    require(to);

    INetMailMessage *message = CurlMailMessage_CreateWithFromAndTo(from, to);
    require(message);
    check(INetMailMessage_SetSubject(message, "Тестовое письмо"));
    check(INetMailMessage_SetBody(message, "Текст письма"));

    INetMailAddressCollection *recipients = INetMailMessage_GetTo(message);
    require(recipients);
    check(INetMailAddressCollection_AddString(recipients, "sidorov@server.ru"));
    check(INetMailAddressCollection_AddString(recipients, "smirnov@server.ru"));

    INetSmtpClient *client = CurlSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_Send(client, message));

    check(INetSmtpClient_Release(client));
    check(INetMailAddressCollection_Release(recipients));
    check(INetMailMessage_Release(message));
    check(INetMailAddress_Release(to));
    check(INetMailAddress_Release(from));
    return finish();
}
