/*
 * Sends small messages through inetmail, each built anew in message objects that are used again.
 *
 *     send_inetmail PORT MODE N [C] [--tls CERTIFICATE]
 *
 * The modes of bench.h, and: threads: C threads, each sending one message after the other through the one client, which
 * has a connection for each of them; bulk: INetSmtpClient_BulkSend over one connection. The mode connections is the same over C.
 */
#include "bench.h"

#include <inetmail.h>
#include <pthread.h>

/* So many messages for each connection go with one call of BulkSend. */
enum { BATCH = 1000 };

static void check(int32_t status)
{
    if (INET_FAILED(status)) {
        char sentence[512];
        INetError_GetMessage(sentence, sizeof sentence);
        die(sentence);
    }
}

static INetSmtpClient *new_client(const struct task *task)
{
    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort("127.0.0.1", (int32_t)task->port);
    if (client == NULL)
        die("no client");
    if (task->certificate != NULL) {
        check(INetSmtpClient_SetEnableSsl(client, 1));
        check(INetSmtpClient_AddTrustedCertificateFile(client, task->certificate));
    }
    return client;
}

static INetMailMessage *new_message(void)
{
    INetMailMessage *message = INetMailMessage_CreateWithText(FROM, TO, SUBJECT, "");
    if (message == NULL)
        die("no message");
    return message;
}

static void build(INetMailMessage *message, unsigned n)
{
    char subject[] = SUBJECT, body[BODY_LENGTH + 1];
    write_digits(subject + SUBJECT_LENGTH - DIGITS, n);
    write_body(body, n);
    body[BODY_LENGTH] = '\0';
    check(INetMailMessage_SetSubject(message, subject));
    check(INetMailMessage_SetBody(message, body));
}

static void send_one(INetSmtpClient *client, INetMailMessage *message, unsigned n)
{
    build(message, n);
    check(INetSmtpClient_Send(client, message));
}

/* The first message of a run opens the connection, or makes the session of TLS that the others resume. */
static void send_one_by_one(INetSmtpClient *client, unsigned count, bool fresh)
{
    INetMailMessage *message = new_message();
    struct clock start = {0};
    for (unsigned n = 0; n <= count; n++) {
        if (n == 1)
            start = start_clock();
        send_one(client, message, n);
        if (fresh)
            check(INetSmtpClient_Disconnect(client));
    }
    tell_time(start);
    INetMailMessage_Release(message);
}

static void send_to_many(INetSmtpClient *client, unsigned count)
{
    INetMailMessage *message = new_message();
    INetMailAddressCollection *bcc = INetMailMessage_GetBcc(message);
    for (unsigned n = 1; n < count; n++) { /* beside TO */
        char recipient[sizeof RECIPIENT];
        write_recipient(recipient, n);
        check(INetMailAddressCollection_AddString(bcc, recipient));
    }
    struct clock start = start_clock();
    send_one(client, message, 0);
    tell_time(start);
    INetMailAddressCollection_Release(bcc);
    INetMailMessage_Release(message);
}

struct share {
    pthread_t thread;
    INetSmtpClient *client;
    unsigned first, behind;
};

static void *send_share(void *pointer)
{
    struct share *share = pointer;
    INetMailMessage *message = new_message();
    for (unsigned n = share->first; n < share->behind; n++)
        send_one(share->client, message, n);
    INetMailMessage_Release(message);
    return NULL;
}

static void send_by_threads(INetSmtpClient *client, unsigned count, unsigned threads)
{
    struct share *shares = calloc(threads, sizeof *shares);
    if (shares == NULL)
        die("calloc");
    struct clock start = start_clock();
    for (unsigned n = 0; n < threads; n++) {
        struct share *share = &shares[n];
        unsigned first = (unsigned)((unsigned long long)count * n / threads);
        unsigned behind = (unsigned)((unsigned long long)count * (n + 1) / threads);
        *share = (struct share){.client = client, .first = first, .behind = behind};
        if (pthread_create(&share->thread, NULL, send_share, share) != 0)
            die("no thread");
    }
    for (unsigned n = 0; n < threads; n++)
        pthread_join(shares[n].thread, NULL);
    tell_time(start);
    free(shares);
}

static void send_batch(INetSmtpClient *client, INetMailMessage **messages, unsigned first, unsigned count)
{
    INetMailMessageCollection *batch = INetMailMessageCollection_Create();
    for (unsigned n = 0; n < count; n++) {
        build(messages[n], first + n);
        check(INetMailMessageCollection_Add(batch, messages[n]));
    }
    check(INetSmtpClient_BulkSend(client, batch));
    INetMailMessageCollection_Release(batch);
}

static void send_in_bulk(INetSmtpClient *client, unsigned count, unsigned connections)
{
    unsigned batch = BATCH * connections;
    INetMailMessage **messages = calloc(batch, sizeof *messages);
    if (messages == NULL)
        die("calloc");
    for (unsigned n = 0; n < batch; n++)
        messages[n] = new_message();
    if (connections > 1) {
        check(INetSmtpClient_SetUseMultiConnection(client, 0));
        check(INetSmtpClient_SetConnectionsQuantity(client, (int32_t)connections));
    } else {
        check(INetSmtpClient_SetUseMultiConnection(client, 1));
        send_batch(client, messages, 0, 1); /* opens the connection */
    }
    struct clock start = start_clock();
    for (unsigned first = 0; first < count; first += batch)
        send_batch(client, messages, first, count - first < batch ? count - first : batch);
    tell_time(start);
    for (unsigned n = 0; n < batch; n++)
        INetMailMessage_Release(messages[n]);
    free(messages);
}

int main(int argc, char **argv)
{
    struct task task = read_task(argc, argv);
    INetSmtpClient *client = new_client(&task);
    if (is_mode(&task, "send") || is_mode(&task, "fresh"))
        send_one_by_one(client, task.count, is_mode(&task, "fresh"));
    else if (is_mode(&task, "recipients"))
        send_to_many(client, task.count);
    else if (is_mode(&task, "threads"))
        send_by_threads(client, task.count, task.connections);
    else if (is_mode(&task, "bulk") || is_mode(&task, "connections"))
        send_in_bulk(client, task.count, task.connections);
    else
        die("no such mode");
    check(INetSmtpClient_Release(client));
    return 0;
}
