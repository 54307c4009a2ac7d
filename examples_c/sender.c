/*
 * Follows the Fore listing INetMailMessage.Sender.
 *
 * Shows: a letter that one address signs (From) and another sends (Sender). Sender is the address
 * that hears of it when the letter cannot be delivered.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 3)
        return usage("sender HOST PORT");

    INetMailAddress *from = CurlMailAddress_Create("ivanov@server.ru");
    require(from);
    INetMailAddress *to = CurlMailAddress_Create("petrov@server.ru");
    require(to);
    INetMailAddress *sender = CurlMailAddress_Create("robot@server.ru");
    require(sender);

    INetMailMessage *message = CurlMailMessage_CreateWithFromAndTo(from, to);
    require(message);
    check(INetMailMessage_SetSender(message, sender));
    check(INetMailMessage_SetSubject(message, "Тестовое письмо"));
    check(INetMailMessage_SetBody(message, "Текст письма"));

    INetSmtpClient *client = CurlSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_Send(client, message));

    check(INetSmtpClient_Release(client));
    check(INetMailMessage_Release(message));
    check(INetMailAddress_Release(sender));
    check(INetMailAddress_Release(to));
    check(INetMailAddress_Release(from));
    return finish();
}
