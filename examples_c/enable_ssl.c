/*
 * Follows the Fore listing INetSmtpClient.EnableSsl.
 *
 * Shows: a letter and a password that travel under TLS only: implicit TLS on port 465, STARTTLS on
 * any other. Where the server's certificate comes from an authority that the system does not
 * know, name the file of that authority.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 5 && argc != 6)
        return usage("enable_ssl HOST PORT USER PASSWORD [AUTHORITY.PEM]");

    INetMailAddress *from = CurlMailAddress_Create("ivanov@server.ru");
    require(from);
    INetMailAddress *to = CurlMailAddress_Create("petrov@server.ru");
    require(to);

    INetMailMessage *message = CurlMailMessage_CreateWithFromAndTo(from, to);
    require(message);
    check(INetMailMessage_SetSubject(message, "Тестовое письмо"));
    check(INetMailMessage_SetBody(message, "Текст письма"));

    INetSmtpClient *client = CurlSmtpClient_CreateWithHost(argv[1]);
    require(client);
    INetNetworkCredential *credential = CurlNetworkCredential_Create(argv[3], argv[4], "work");
    require(credential);
    check(INetSmtpClient_SetPort(client, port_number(argv[2])));
    check(INetSmtpClient_SetEnableSsl(client, 1));
    check(INetSmtpClient_SetThisHostCredentials(client, "", credential));
    if (argc == 6)
        check(INetSmtpClient_AddTrustedCertificateFile(client, argv[5]));
    check(INetSmtpClient_Send(client, message));

    check(INetNetworkCredential_Release(credential));
    check(INetSmtpClient_Release(client));
    check(INetMailMessage_Release(message));
    check(INetMailAddress_Release(to));
    check(INetMailAddress_Release(from));
    return finish();
}
