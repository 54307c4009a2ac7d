/*
 * Follows the Fore listing CurlSmtpClient.CreateWithHostAndPort.
 *
 * Shows: a client for a port other than 25, and the same client used for a second letter: it keeps
 * its connection.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 3)
        return usage("create_with_host_and_port HOST PORT");

    INetSmtpClient *client = CurlSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);

    INetMailAddress *from = CurlMailAddress_Create("ivanov@server.ru");
    require(from);
    INetMailAddress *to = CurlMailAddress_Create("petrov@server.ru");
    require(to);

    INetMailMessage *message = CurlMailMessage_CreateWithFromAndTo(from, to);
    require(message);
    check(INetMailMessage_SetBody(message, "Текст письма"));

    check(INetMailMessage_SetSubject(message, "Первое письмо"));
    check(INetSmtpClient_Send(client, message));
    check(INetMailMessage_SetSubject(message, "Второе письмо"));
    check(INetSmtpClient_Send(client, message));

    check(INetMailMessage_Release(message));
    check(INetMailAddress_Release(to));
    check(INetMailAddress_Release(from));
    check(INetSmtpClient_Release(client));
    return finish();
}
