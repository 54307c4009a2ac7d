/*
 * Makes N messages and drops their octets: building alone, without a server.
 *
 *     build_inetmail text N           1 KiB of text, the message object reused
 *     build_inetmail attachments N    three attachments of 1 MiB from octets, the objects reused
 *     build_inetmail fresh N          the same, all objects made anew
 *     build_inetmail attachment N M   one attachment of M MiB from octets, the objects reused
 *     build_inetmail recipients N     one message for N recipients, half of them from a list as text
 */
#include "bench.h"

#include <inetmail.h>

enum { ATTACHMENTS = 3, MIB = 1 << 20 };

static uint64_t dropped;

static void check(int32_t status)
{
    if (INET_FAILED(status)) {
        char sentence[512];
        INetError_GetMessage(sentence, sizeof sentence);
        die(sentence);
    }
}

static int32_t drop_octets(const uint8_t *data, size_t length, void *user)
{
    (void)data, (void)user;
    dropped += length;
    return 0;
}

static void save(INetMailMessage *message)
{
    check(INetMailMessage_SaveToStream(message, drop_octets, NULL));
}

static INetMailMessage *new_message(void)
{
    INetMailMessage *message = INetMailMessage_CreateWithText(FROM, TO, "A file", "See the file.");
    if (message == NULL)
        die("no message");
    return message;
}

static void build_texts(unsigned count)
{
    INetMailMessage *message = new_message();
    char subject[] = SUBJECT, body[BODY_LENGTH + 1];
    body[BODY_LENGTH] = '\0';
    for (unsigned n = 0; n < count; n++) {
        write_digits(subject + SUBJECT_LENGTH - DIGITS, n);
        write_body(body, n);
        check(INetMailMessage_SetSubject(message, subject));
        check(INetMailMessage_SetBody(message, body));
        save(message);
    }
    INetMailMessage_Release(message);
}

static uint8_t *random_octets(size_t length)
{
    uint8_t *octets = malloc(length);
    if (octets == NULL)
        die("malloc");
    uint32_t state = 1;
    for (size_t n = 0; n < length; n++)
        octets[n] = (uint8_t)((state = state * 1664525 + 1013904223) >> 24);
    return octets;
}

static INetMailMessage *new_message_with_attachments(int attached, const uint8_t *octets, size_t length)
{
    INetMailMessage *message = new_message();
    INetAttachmentCollection *attachments = INetMailMessage_GetAttachments(message);
    for (int n = 0; n < attached; n++) {
        INetAttachment *attachment = INetAttachment_CreateFromBytes(octets, length, "a.bin");
        check(INetAttachmentCollection_Add(attachments, attachment));
        INetAttachment_Release(attachment);
    }
    INetAttachmentCollection_Release(attachments);
    return message;
}

static void build_attachments(unsigned count, int attached, size_t length, bool fresh)
{
    uint8_t *octets = random_octets(length);
    INetMailMessage *message = new_message_with_attachments(attached, octets, length);
    double start = wall_us();
    for (unsigned n = 0; n < count; n++) {
        if (fresh) {
            INetMailMessage_Release(message);
            message = new_message_with_attachments(attached, octets, length);
        }
        save(message);
    }
    printf("attached_bytes=%.0f wall_us=%.0f ", (double)count * attached * (double)length,
           wall_us() - start);
    INetMailMessage_Release(message);
    free(octets);
}

static void build_recipients(unsigned count)
{
    static const char item[] = "Name 0000000 <user0000000@server.example>, ";
    INetMailMessage *message = new_message();
    INetMailAddressCollection *to = INetMailMessage_GetTo(message);
    char *list = malloc(count / 2 * (sizeof item - 1) + 1), *end = list;
    if (list == NULL)
        die("malloc");
    for (unsigned n = 0; n < count / 2; n++, end += sizeof item - 1) {
        memcpy(end, item, sizeof item - 1);
        write_digits(end + strlen("Name "), n);
        write_digits(end + strlen("Name 0000000 <user"), n);
    }
    *end = '\0';
    if (count > 1)
        check(INetMailAddressCollection_AddString(to, list));
    for (unsigned n = count / 2; n < count; n++) {
        char name[] = "Name 0000000", address[] = "user0000000@server.example";
        write_digits(name + strlen("Name "), n);
        write_digits(address + strlen("user"), n);
        INetMailAddress *recipient = INetMailAddress_CreateWithName(address, name);
        check(INetMailAddressCollection_Add(to, recipient));
        INetMailAddress_Release(recipient);
    }
    save(message);
    free(list);
    INetMailAddressCollection_Release(to);
    INetMailMessage_Release(message);
}

int main(int argc, char **argv)
{
    if (argc != 3 && !(argc == 4 && strcmp(argv[1], "attachment") == 0))
        die("usage: build_inetmail text|attachments|fresh|recipients N, or attachment N M");
    unsigned count = number(argv[2]);
    double start = wall_us();
    if (strcmp(argv[1], "text") == 0)
        build_texts(count);
    else if (strcmp(argv[1], "attachments") == 0)
        build_attachments(count, ATTACHMENTS, MIB, false);
    else if (strcmp(argv[1], "fresh") == 0)
        build_attachments(count, ATTACHMENTS, MIB, true);
    else if (argc == 4)
        build_attachments(count, 1, (size_t)number(argv[3]) * MIB, false);
    else if (strcmp(argv[1], "recipients") == 0)
        build_recipients(count);
    else
        die("no such message");
    printf("dropped=%llu all_us=%.0f\n", (unsigned long long)dropped, wall_us() - start);
    return 0;
}
