/*
 * Follows the Fore listing INetAttachmentCollection.Add.
 *
 * Shows: several files in one letter.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc < 4)
        return usage("attachments_add HOST PORT FILE...");

    INetMailAddress *from = CurlMailAddress_Create("ivanov@server.ru");
    require(from);
    INetMailAddress *to = CurlMailAddress_Create("petrov@server.ru");
    require(to);

    INetMailMessage *message = CurlMailMessage_CreateWithFromAndTo(from, to);
    require(message);
    check(INetMailMessage_SetSubject(message, "Письмо с вложениями"));
    check(INetMailMessage_SetBody(message, "Файлы во вложении"));

    INetAttachmentCollection *attachments = INetMailMessage_GetAttachments(message);
    require(attachments);
    for (int i = 3; i < argc; i++) {
        INetAttachment *attachment = CurlAttachment_Create(argv[i]);
        require(attachment);
        check(INetAttachmentCollection_Add(attachments, attachment));
        check(INetAttachment_Release(attachment));
    }

    INetSmtpClient *client = CurlSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_Send(client, message));

    check(INetSmtpClient_Release(client));
    check(INetAttachmentCollection_Release(attachments));
    check(INetMailMessage_Release(message));
    check(INetMailAddress_Release(to));
    check(INetMailAddress_Release(from));
    return finish();
}
