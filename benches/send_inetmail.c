/*
 * Sends N small messages through inetmail over one warm connection, each built anew.
 *
 *     send_inetmail PORT N
 */
#include "bench.h"

#include <inetmail.h>

static void check(int32_t status)
{
    if (INET_FAILED(status)) {
        char sentence[512];
        INetError_GetMessage(sentence, sizeof sentence);
        die(sentence);
    }
}

static void send_one(INetSmtpClient *client, INetMailMessage *message, unsigned n)
{
    char subject[] = SUBJECT, body[BODY_LENGTH + 1];
    write_digits(subject + SUBJECT_LENGTH - DIGITS, n);
    write_body(body, n);
    body[BODY_LENGTH] = '\0';
    check(INetMailMessage_SetSubject(message, subject));
    check(INetMailMessage_SetBody(message, body));
    check(INetSmtpClient_Send(client, message));
}

int main(int argc, char **argv)
{
    if (argc != 3)
        die("usage: send_inetmail PORT N");
    unsigned count = number(argv[2]);
    INetMailAddress *from = INetMailAddress_Create(FROM);
    INetMailAddress *to = INetMailAddress_Create(TO);
    INetMailMessage *message = INetMailMessage_CreateWithFromAndTo(from, to);
    INetSmtpClient *client =
        INetSmtpClient_CreateWithHostAndPort("127.0.0.1", (int32_t)number(argv[1]));
    if (message == NULL || client == NULL)
        die("no message or no client");

    send_one(client, message, 0); /* opens the connection */
    double wall = wall_us(), cpu = cpu_us();
    for (unsigned n = 1; n <= count; n++)
        send_one(client, message, n);
    printf("wall_us=%.0f cpu_us=%.0f\n", wall_us() - wall, cpu_us() - cpu);

    check(INetSmtpClient_Release(client));
    check(INetMailMessage_Release(message));
    check(INetMailAddress_Release(to));
    check(INetMailAddress_Release(from));
    return 0;
}
