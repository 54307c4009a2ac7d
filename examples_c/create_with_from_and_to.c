/*
 * Follows the Fore listing CurlMailMessage.CreateWithFromAndTo.
 *
 * Shows: a message made of its sender and recipient. The message keeps what it was given, so the
 * addresses may be released as soon as it is made.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 3)
        return usage("create_with_from_and_to HOST PORT");

    INetMailAddress *from = CurlMailAddress_Create("ivanov@server.ru");
    require(from);
    INetMailAddress *to = CurlMailAddress_Create("petrov@server.ru");
    require(to);
    INetMailMessage *message = CurlMailMessage_CreateWithFromAndTo(from, to);
    require(message);
    check(INetMailAddress_Release(to));
    check(INetMailAddress_Release(from));

    check(INetMailMessage_SetSubject(message, "Тестовое письмо"));
    check(INetMailMessage_SetBody(message, "<p>Текст <b>письма</b></p>"));
    check(INetMailMessage_SetIsBodyHtml(message, 1));

    INetSmtpClient *client = CurlSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_Send(client, message));

    check(INetSmtpClient_Release(client));
    check(INetMailMessage_Release(message));
    return finish();
}
