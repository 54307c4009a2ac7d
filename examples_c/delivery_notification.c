/*
 * Follows Aspose's MailMessage.DeliveryNotificationOptions.
 *
 * Shows: what the server offers, asked before the letter is sent; a notice of success, failure
 * and delay that comes back with the header of the letter and a name for it (DSN, RFC 3461),
 * where the server offers that; and what the server says of a user.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 3)
        return usage("delivery_notification HOST PORT");

    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_Connect(client));

    INetServerInfo *server = INetSmtpClient_GetServerInfo(client);
    require(server);
    printf("DSN: %s\n", check(INetServerInfo_GetDsnSupported(server)) ? "yes" : "no");
    for (int32_t i = 0; i < check(INetServerInfo_GetCapabilityCount(server)); i++) {
        char name[64], parameters[256];
        check(INetServerInfo_GetCapabilityName(server, i, name, sizeof name));
        check(INetServerInfo_GetCapability(server, name, parameters, sizeof parameters));
        printf("offers %s %s\n", name, parameters);
    }

    INetEnvelopeOptions *options = INetEnvelopeOptions_Create();
    require(options);
    check(INetEnvelopeOptions_SetNotify(options, INET_DELIVERY_NOTIFICATION_ON_SUCCESS |
                                                     INET_DELIVERY_NOTIFICATION_ON_FAILURE |
                                                     INET_DELIVERY_NOTIFICATION_DELAY));
    check(INetEnvelopeOptions_SetReturn(options, INET_DSN_RETURN_HEADERS));
    check(INetEnvelopeOptions_SetEnvelopeId(options, "letter 7"));
    check(INetEnvelopeOptions_SetAddOriginalRecipient(options, 1));
    /* A server without DSN gets the letter all the same. */
    check(INetEnvelopeOptions_SetIsOptional(options, 1));

    INetMailMessage *message = INetMailMessage_CreateWithText(
        "ivanov@server.ru", "petrov@server.ru", "Тестовое письмо", "Текст письма");
    require(message);
    check(INetMailMessage_SetEnvelopeOptions(message, options));
    check(INetSmtpClient_Send(client, message));

    INetServerReply *reply = INetSmtpClient_Verify(client, "petrov@server.ru");
    require(reply);
    printf("VRFY: %d\n", (int)check(INetServerReply_GetCode(reply)));

    check(INetServerReply_Release(reply));
    check(INetMailMessage_Release(message));
    check(INetEnvelopeOptions_Release(options));
    check(INetServerInfo_Release(server));
    check(INetSmtpClient_Release(client));
    return finish();
}
