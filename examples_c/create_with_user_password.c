/*
 * Follows the Fore listing INetNetworkCredential.CreateWithUserPassword.
 *
 * Shows: another user and password put into a credential that a client already uses. In spite of
 * its name it is a method of the credential, and makes no new one.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 5)
        return usage("create_with_user_password HOST PORT USER PASSWORD");

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
    INetNetworkCredential *credential = CurlNetworkCredential_Create("guest", "guest", "work");
    require(credential);
    check(INetSmtpClient_SetThisHostCredentials(client, "", credential));
    check(INetNetworkCredential_CreateWithUserPassword(credential, argv[3], argv[4]));
    check(INetSmtpClient_Send(client, message));

    check(INetNetworkCredential_Release(credential));
    check(INetSmtpClient_Release(client));
    check(INetMailMessage_Release(message));
    check(INetMailAddress_Release(to));
    check(INetMailAddress_Release(from));
    return finish();
}
