/*
 * Follows the Fore listing CurlAttachment.Create.
 *
 * Shows: a file sent as an attachment, to a server that asks for a password. The listing names
 * the protocol "https", which is no way to log in: like "", it leaves the choice to the server.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 6)
        return usage("curl_attachment_create HOST PORT FILE USER PASSWORD");

    INetMailAddress *from = CurlMailAddress_Create("ivanov@server.ru");
    require(from);
    INetMailAddress *to = CurlMailAddress_Create("petrov@server.ru");
    require(to);

    INetMailMessage *message = CurlMailMessage_CreateWithFromAndTo(from, to);
    require(message);
    check(INetMailMessage_SetSubject(message, "Письмо с вложением"));
    check(INetMailMessage_SetBody(message, "Файл во вложении"));

    INetAttachment *attachment = CurlAttachment_Create(argv[3]);
    require(attachment);
    INetAttachmentCollection *attachments = INetMailMessage_GetAttachments(message);
    require(attachments);
    check(INetAttachmentCollection_Add(attachments, attachment));

    INetSmtpClient *client = CurlSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    INetNetworkCredential *credential = CurlNetworkCredential_Create(argv[4], argv[5], "");
    require(credential);
    check(INetSmtpClient_SetThisHostCredentials(client, "https", credential));
    check(INetSmtpClient_Send(client, message));

    check(INetNetworkCredential_Release(credential));
    check(INetSmtpClient_Release(client));
    check(INetAttachmentCollection_Release(attachments));
    check(INetAttachment_Release(attachment));
    check(INetMailMessage_Release(message));
    check(INetMailAddress_Release(to));
    check(INetMailAddress_Release(from));
    return finish();
}
