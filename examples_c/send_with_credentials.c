/*
 * Follows the Fore listing INetSmtpClient.Send, with credentials.
 *
 * Shows: Send to a server that asks for a password. "" leaves the protocol to the server; a name
 * such as "LOGIN" or "Kerberos" asks for that one. Without TLS the password may go out in clear:
 * outside a network you trust, do as enable_ssl.c does.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 5)
        return usage("send_with_credentials HOST PORT USER PASSWORD");

    INetMailAddress *from = CurlMailAddress_Create("ivanov@server.ru");
    require(from);
    INetMailAddress *to = CurlMailAddress_Create("petrov@server.ru");
    require(to);

    INetMailMessage *message = CurlMailMessage_CreateWithFromAndTo(from, to);
    require(message);
    check(INetMailMessage_SetSubject(message, "Тестовое письмо"));
    check(INetMailMessage_SetBody(message, "Текст письма"));

    INetSmtpClient *client = CurlSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    INetNetworkCredential *credential = CurlNetworkCredential_Create(argv[3], argv[4], "work");
    require(credential);
    check(INetSmtpClient_SetThisHostCredentials(client, "", credential));
    check(INetSmtpClient_Send(client, message));

    check(INetNetworkCredential_Release(credential));
    check(INetSmtpClient_Release(client));
    check(INetMailMessage_Release(message));
    check(INetMailAddress_Release(to));
    check(INetMailAddress_Release(from));
    return finish();
}
