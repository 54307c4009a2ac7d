/*
 * Follows the Fore listing CurlMailAddress.Create.
 *
 * Shows: an address made of its text, and the parts it is made of. Text comes back into a buffer
 * of the caller, in the manner of snprintf.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 3)
        return usage("create HOST PORT");

    INetMailAddress *from = CurlMailAddress_Create("ivanov@server.ru");
    require(from);
    INetMailAddress *to = CurlMailAddress_Create("petrov@server.ru");
    require(to);

    char address[256], user[256], host[256];
    check(INetMailAddress_GetAddress(to, address, sizeof address));
    check(INetMailAddress_GetUser(to, user, sizeof user));
    check(INetMailAddress_GetHost(to, host, sizeof host));
    printf("%s is %s at %s\n", address, user, host);

    INetMailMessage *message = CurlMailMessage_CreateWithFromAndTo(from, to);
    require(message);
    check(INetMailMessage_SetSubject(message, "Тестовое письмо"));
    check(INetMailMessage_SetBody(message, "Текст письма"));

    INetSmtpClient *client = CurlSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_Send(client, message));

    check(INetSmtpClient_Release(client));
    check(INetMailMessage_Release(message));
    check(INetMailAddress_Release(to));
    check(INetMailAddress_Release(from));
    return finish();
}
