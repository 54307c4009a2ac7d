/*
 * Follows the Fore listing CurlMailAddress.CreateWithName.
 *
 * Shows: addresses with a name, which mail programs display in place of the address. A name may
 * hold any text; what has to be quoted or encoded is the library's affair.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 3)
        return usage("create_with_name HOST PORT");

    INetMailAddress *from = CurlMailAddress_CreateWithName("ivanov@server.ru", "Иван Иванов");
    require(from);
    INetMailAddress *to = CurlMailAddress_CreateWithName("petrov@server.ru", "Petrov, \"P.\"");
    require(to);

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
