/*
 * Follows the Fore listing INetMailMessage.BodyEncoding and SubjectEncoding.
 *
 * Shows: a letter in the code page KOI8-U. The program goes on speaking UTF-8; the text becomes
 * KOI8-U on its way out.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 3)
        return usage("body_and_subject_encoding HOST PORT");

    INetMailAddress *from = CurlMailAddress_Create("ivanov@server.ru");
    require(from);
    INetMailAddress *to = CurlMailAddress_Create("petrov@server.ru");
    require(to);

    INetMailMessage *message = CurlMailMessage_CreateWithFromAndTo(from, to);
    require(message);
    check(INetMailMessage_SetSubject(message, "Тестовий лист, їжак і ґанок"));
    check(INetMailMessage_SetSubjectEncoding(message, INET_CODE_PAGE_KOI8U));
    check(INetMailMessage_SetBody(message, "Щастя, є, ім'я, ґудзик"));
    check(INetMailMessage_SetBodyEncoding(message, INET_CODE_PAGE_KOI8U));

    INetSmtpClient *client = CurlSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_Send(client, message));

    check(INetSmtpClient_Release(client));
    check(INetMailMessage_Release(message));
    check(INetMailAddress_Release(to));
    check(INetMailAddress_Release(from));
    return finish();
}
