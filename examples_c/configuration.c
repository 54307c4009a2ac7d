/*
 * Follows Aspose's "Loading SMTP authentication information from a CONFIG file", and SecureBlackbox's Config.
 *
 * Shows: a client out of a configuration file; whom the file has letters be from and go to; a
 * setting by its name; all settings that there are. The letter goes into a pickup directory.
 */
#include "example.h"

static void list_settings(INetSmtpClient *client)
{
    int32_t count = (int32_t)check(INetLibrary_GetConfigNameCount());
    for (int32_t index = 0; index < count; index++) {
        char name[64], value[256];
        check(INetLibrary_GetConfigNameAt(index, name, sizeof name));
        check(INetSmtpClient_GetConfig(client, name, value, sizeof value));
        printf("%s=%s\n", name, value);
    }
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return usage("configuration DIRECTORY");

    INetSmtpClient *client = INetSmtpClient_CreateFromConfigFile("app.config");
    require(client);
    check(INetSmtpClient_SetPickupDirectoryLocation(client, argv[1]));

    check(INetSmtpClient_Config(client, "OCSPHashAlgorithm=SHA256"));
    list_settings(client);

    char from[256];
    check(INetSmtpClient_GetConfigFrom(client, from, sizeof from));
    INetMailMessage *message = INetMailMessage_CreateWithText(
        from, "petrov@server.ru", "Тестовое письмо", "Текст письма");
    require(message);
    check(INetSmtpClient_Send(client, message));

    INetSmtpClient *reports =
        INetSmtpClient_CreateFromConfigSection("app.config", "mailSettings/reports");
    require(reports);

    INetSmtpClient *gmail = INetSmtpClient_CreateForProvider("someone@gmail.com");
    require(gmail);
    char host[256];
    check(INetSmtpClient_GetHost(gmail, host, sizeof host));
    printf("%s:%d\n", host, (int)check(INetSmtpClient_GetPort(gmail)));

    check(INetSmtpClient_Release(gmail));
    check(INetSmtpClient_Release(reports));
    check(INetMailMessage_Release(message));
    check(INetSmtpClient_Release(client));
    return finish();
}
