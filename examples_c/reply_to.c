/*
 * Follows the Fore listing INetMailMessage.ReplyTo.
 *
 * Shows: answers directed to another address than the one the letter comes from.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 3)
        return usage("reply_to HOST PORT");

    INetMailAddress *from = CurlMailAddress_Create("ivanov@server.ru");
    require(from);
    INetMailAddress *to = CurlMailAddress_Create("petrov@server.ru");
    require(to);
    INetMailAddress *office = CurlMailAddress_CreateWithName("office@server.ru", "Канцелярия");
    require(office);

    INetMailMessage *message = CurlMailMessage_CreateWithFromAndTo(from, to);
    require(message);
    check(INetMailMessage_SetReplyTo(message, office));
    check(INetMailMessage_SetPriority(message, INET_MAIL_PRIORITY_HIGH));
    check(INetMailMessage_SetSubject(message, "Тестовое письмо"));
    check(INetMailMessage_SetBody(message, "Текст письма"));

    INetSmtpClient *client = CurlSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_Send(client, message));

    check(INetSmtpClient_Release(client));
    check(INetMailMessage_Release(message));
    check(INetMailAddress_Release(office));
    check(INetMailAddress_Release(to));
    check(INetMailAddress_Release(from));
    return finish();
}
