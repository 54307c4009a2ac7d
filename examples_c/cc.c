/*
 * Follows the Fore listing INetMailMessage.CC.
 *
 * Shows: open copies, and how a collection is read: its count, its items, all of it as text.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 3)
        return usage("cc HOST PORT");

    INetMailAddress *from = CurlMailAddress_Create("ivanov@server.ru");
    require(from);
    INetMailAddress *to = CurlMailAddress_Create("petrov@server.ru");
    require(to);
    INetMailAddress *first = CurlMailAddress_Create("sidorov@server.ru");
    require(first);
    INetMailAddress *second = CurlMailAddress_CreateWithName("smirnov@server.ru", "Смирнов");
    require(second);

    INetMailMessage *message = CurlMailMessage_CreateWithFromAndTo(from, to);
    require(message);
    check(INetMailMessage_SetSubject(message, "Тестовое письмо"));
    check(INetMailMessage_SetBody(message, "Текст письма"));

    INetMailAddressCollection *copies = INetMailMessage_GetCC(message);
    require(copies);
    check(INetMailAddressCollection_Add(copies, first));
    check(INetMailAddressCollection_Add(copies, second));

    int64_t count = check(INetMailAddressCollection_GetCount(copies));
    for (int32_t i = 0; i < count; i++) {
        INetMailAddress *item = INetMailAddressCollection_GetItem(copies, i);
        require(item);
        char address[256];
        check(INetMailAddress_GetAddress(item, address, sizeof address));
        printf("%s\n", address);
        check(INetMailAddress_Release(item));
    }
    char all[1024];
    check(INetMailAddressCollection_ToString(copies, all, sizeof all));
    printf("%s\n", all);

    INetSmtpClient *client = CurlSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_Send(client, message));

    check(INetSmtpClient_Release(client));
    check(INetMailAddressCollection_Release(copies));
    check(INetMailMessage_Release(message));
    check(INetMailAddress_Release(second));
    check(INetMailAddress_Release(first));
    check(INetMailAddress_Release(to));
    check(INetMailAddress_Release(from));
    return finish();
}
