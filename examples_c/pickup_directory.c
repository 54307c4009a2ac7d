/*
 * Follows .NET's SmtpClient.DeliveryMethod and PickupDirectoryLocation.
 *
 * Shows: a letter handed to a mail server of this machine as a file in its pickup directory. No
 * connection is made; the envelope stands in front of the letter.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 2)
        return usage("pickup_directory DIRECTORY");

    INetMailMessage *message = INetMailMessage_CreateWithText(
        "ivanov@server.ru", "petrov@server.ru", "Тестовое письмо", "Текст письма");
    require(message);
    INetMailAddressCollection *bcc = INetMailMessage_GetBcc(message);
    require(bcc);
    check(INetMailAddressCollection_AddString(bcc, "sidorov@server.ru"));

    INetSmtpClient *client = INetSmtpClient_Create();
    require(client);
    check(INetSmtpClient_SetDeliveryMethod(client, INET_DELIVERY_SPECIFIED_PICKUP_DIRECTORY));
    check(INetSmtpClient_SetPickupDirectoryLocation(client, argv[1]));
    check(INetSmtpClient_Send(client, message));

    check(INetSmtpClient_Release(client));
    check(INetMailAddressCollection_Release(bcc));
    check(INetMailMessage_Release(message));
    return finish();
}
