/*
 * Follows the Fore listing INetAttachment.ReleaseResource.
 *
 * Shows: the attached file given back to the system after Send, so that others may write it. The
 * message remains good: another Send reads the file anew, as it is by then.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 4)
        return usage("release_resource HOST PORT FILE");

    INetMailAddress *from = CurlMailAddress_Create("ivanov@server.ru");
    require(from);
    INetMailAddress *to = CurlMailAddress_Create("petrov@server.ru");
    require(to);

    INetMailMessage *message = CurlMailMessage_CreateWithFromAndTo(from, to);
    require(message);
    check(INetMailMessage_SetSubject(message, "Журнал"));
    check(INetMailMessage_SetBody(message, "Журнал во вложении"));

    INetAttachmentCollection *attachments = INetMailMessage_GetAttachments(message);
    require(attachments);
    INetAttachment *journal = CurlAttachment_Create(argv[3]);
    require(journal);
    check(INetAttachmentCollection_Add(attachments, journal));
    check(INetAttachment_Release(journal));

    INetSmtpClient *client = CurlSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_Send(client, message));

    int64_t count = check(INetAttachmentCollection_GetCount(attachments));
    for (int32_t i = 0; i < count; i++) {
        INetAttachment *attachment = INetAttachmentCollection_GetItem(attachments, i);
        require(attachment);
        check(INetAttachment_ReleaseResource(attachment));
        check(INetAttachment_Release(attachment));
    }

    FILE *file = fopen(argv[3], "a");
    if (file == NULL || fputs("sent\n", file) < 0 || fclose(file) != 0) {
        perror(argv[3]);
        return EXIT_FAILURE;
    }
    check(INetSmtpClient_Send(client, message));

    check(INetSmtpClient_Release(client));
    check(INetAttachmentCollection_Release(attachments));
    check(INetMailMessage_Release(message));
    check(INetMailAddress_Release(to));
    check(INetMailAddress_Release(from));
    return finish();
}
