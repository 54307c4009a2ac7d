/*
 * Follows .NET's Attachment of a Stream; the stream is a function of the host's.
 *
 * Shows: an attachment that stands nowhere, neither in a file nor in memory. A callback makes
 * its octets while the letter is being sent.
 */
#include "example.h"

#include <string.h>

enum {
    LINE = 21, /* octets of "000042;000000001764\r\n" */
    MOST_LINES = 1000000
};

typedef struct {
    int64_t lines;
} Table;

/* The callback is told where to begin, for a letter that is sent again begins anew. It may give
 * less than there is room for, as here, where it gives one line or the rest of one. Nothing at
 * all is the end. */
static int32_t read_table(int64_t offset, uint8_t *buffer, size_t capacity, void *user)
{
    const Table *table = (const Table *)user;
    long long number = offset / LINE;
    if (number >= table->lines)
        return 0;

    char line[64];
    snprintf(line, sizeof line, "%06lld;%012lld\r\n", number, number * number);
    size_t start = (size_t)(offset % LINE);
    size_t octets = LINE - start < capacity ? LINE - start : capacity;
    memcpy(buffer, line + start, octets);
    return (int32_t)octets;
}

/* Called once, when nobody can ask for the table any more. */
static void drop_table(void *user)
{
    free(user);
    printf("the table is given up\n");
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return usage("attachment_from_stream HOST PORT LINES");

    Table *table = (Table *)malloc(sizeof *table);
    if (table == NULL)
        return EXIT_FAILURE;
    table->lines = strtol(argv[3], NULL, 10);
    if (table->lines < 0 || table->lines > MOST_LINES) {
        fprintf(stderr, "not a number of lines: %s\n", argv[3]);
        free(table);
        return 2;
    }

    /* From here on the table is the library's to give up, even where this fails. */
    INetAttachment *attachment = INetAttachment_CreateFromStream(
        "Таблица.csv", table->lines * LINE, read_table, table, drop_table);
    require(attachment);

    INetMailMessage *message = INetMailMessage_CreateWithText(
        "ivanov@server.ru", "petrov@server.ru", "Таблица", "Таблица во вложении");
    require(message);
    INetAttachmentCollection *attachments = INetMailMessage_GetAttachments(message);
    require(attachments);
    check(INetAttachmentCollection_Add(attachments, attachment));

    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_Send(client, message));
    printf("sent\n");

    check(INetSmtpClient_Release(client));
    check(INetAttachmentCollection_Release(attachments));
    check(INetAttachment_Release(attachment));
    check(INetMailMessage_Release(message));
    return finish();
}
