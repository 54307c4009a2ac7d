/*
 * Follows Aspose's MailMessage.Load and Save.
 *
 * Shows: a letter loaded from a file, with another subject and one attachment more. What was not
 * changed stays as it was, to the octet; Date and Message-ID too, at each Send. To send several
 * letters made of one, empty both first: INetMailMessage_SetMessageId(message, "") and
 * INetMailMessage_SetDate(message, ""). Each Send then makes new ones.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 6)
        return usage("load_and_change HOST PORT LETTER ATTACHMENT COPY");

    INetMailMessage *message = INetMailMessage_LoadFile(argv[3]);
    require(message);
    char subject[256], changed[300];
    check(INetMailMessage_GetSubject(message, subject, sizeof subject));
    snprintf(changed, sizeof changed, "%s (исправлено)", subject);
    check(INetMailMessage_SetSubject(message, changed));

    INetAttachment *attachment = INetAttachment_Create(argv[4]);
    require(attachment);
    INetAttachmentCollection *attachments = INetMailMessage_GetAttachments(message);
    require(attachments);
    check(INetAttachmentCollection_Add(attachments, attachment));
    int count = (int)check(INetMailMessage_GetAttachmentCount(message));
    printf("%s: %d attachments\n", changed, count);

    check(INetMailMessage_SaveToFile(message, argv[5]));
    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_Send(client, message));

    check(INetSmtpClient_Release(client));
    check(INetAttachmentCollection_Release(attachments));
    check(INetAttachment_Release(attachment));
    check(INetMailMessage_Release(message));
    return finish();
}
