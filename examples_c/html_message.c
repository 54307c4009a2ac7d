/*
 * Follows .NET's AlternateView and LinkedResource, which Fore does not have.
 *
 * Shows: a letter in plain text and in HTML, an image that stands in the HTML, and a file beside
 * them. A reader that shows no HTML shows the plain text.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 5)
        return usage("html_message HOST PORT IMAGE FILE");

    INetMailMessage *message = INetMailMessage_CreateWithText(
        "ivanov@server.ru", "petrov@server.ru", "Отчёт с картинкой", "Отчёт во вложении.");
    require(message);

    /* Without an id of ours the image gets one of its own; its link is what the HTML needs. */
    INetLinkedResource *image = INetLinkedResource_Create(argv[3], "");
    require(image);
    char link[256];
    check(INetLinkedResource_GetContentLink(image, link, sizeof link));
    char html[512];
    snprintf(html, sizeof html, "<p>Отчёт <b>во вложении</b>.</p>\n<img src=\"%s\">", link);
    check(INetMailMessage_SetHtmlText(message, html));

    INetLinkedResourceCollection *images = INetMailMessage_GetLinkedResources(message);
    require(images);
    check(INetLinkedResourceCollection_Add(images, image));

    INetAttachment *file = INetAttachment_Create(argv[4]);
    require(file);
    INetAttachmentCollection *attachments = INetMailMessage_GetAttachments(message);
    require(attachments);
    check(INetAttachmentCollection_Add(attachments, file));

    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_Send(client, message));

    check(INetSmtpClient_Release(client));
    check(INetAttachmentCollection_Release(attachments));
    check(INetAttachment_Release(file));
    check(INetLinkedResourceCollection_Release(images));
    check(INetLinkedResource_Release(image));
    check(INetMailMessage_Release(message));
    return finish();
}
