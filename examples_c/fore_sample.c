/*
 * Follows the sample of the Fore help, "Отправка писем через различные SMTP-серверы" (Sending
 * letters through various SMTP servers), line by line: its Sub SendMessage is send_message here.
 *
 * Shows: the whole way of a letter. Two addresses, a message, a client, Send; and, if a file is
 * named, an attachment.
 */
#include "example.h"

static void send_message(const char *host, int32_t port, const char *file_name)
{
    INetMailAddress *from, *to;
    INetMailMessage *message;
    INetSmtpClient *client;

    /* From_ := New CurlMailAddress.Create("ivanov@server.ru"); */
    from = CurlMailAddress_Create("ivanov@server.ru");
    require(from);

    /* To_ := New CurlMailAddress.Create("petrov@server.ru"); */
    to = CurlMailAddress_Create("petrov@server.ru");
    require(to);

    /* Message := New CurlMailMessage.CreateWithFromAndTo(From_, To_); */
    message = CurlMailMessage_CreateWithFromAndTo(from, to);
    require(message);

    /* Message.Subject := "Тестовое письмо"; */
    check(INetMailMessage_SetSubject(message, "Тестовое письмо"));

    /* Message.Body := "Текст письма"; */
    check(INetMailMessage_SetBody(message, "Текст письма"));

    /* Message.Attachments.Add(New CurlAttachment.Create(FileName)); */
    if (file_name != NULL) {
        INetAttachmentCollection *attachments = INetMailMessage_GetAttachments(message);
        require(attachments);
        INetAttachment *attachment = CurlAttachment_Create(file_name);
        require(attachment);
        check(INetAttachmentCollection_Add(attachments, attachment));
        check(INetAttachment_Release(attachment));
        check(INetAttachmentCollection_Release(attachments));
    }

    /* Client := New CurlSmtpClient.CreateWithHost("example.server.ru"); */
    client = CurlSmtpClient_CreateWithHost(host);
    require(client);

    /* Client.Port := 25; */
    check(INetSmtpClient_SetPort(client, port));

    /* Client.Send(Message); */
    check(INetSmtpClient_Send(client, message));

    check(INetSmtpClient_Release(client));
    check(INetMailMessage_Release(message));
    check(INetMailAddress_Release(to));
    check(INetMailAddress_Release(from));
}

int main(int argc, char **argv)
{
    if (argc != 3 && argc != 4)
        return usage("fore_sample HOST PORT [FILE]");

    send_message(argv[1], port_number(argv[2]), argc == 4 ? argv[3] : NULL);

    return finish();
}
