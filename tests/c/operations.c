/*
 * Forks while operations are under way. A child must not wait for threads that it does not have, and sends by itself; the parent
 * goes on, with many operations on one client: cancelled, waited for, released before their end. Prints how many checks held.
 * "operations 0" makes no children.
 */
#include <inetmail.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OPERATIONS = 20 };

static atomic_int passed, failed, completed, dropped;

static void expect(int holds, const char *what)
{
    atomic_fetch_add(holds ? &passed : &failed, 1);
    if (!holds)
        fprintf(stderr, "operations.c: %s\n", what);
}

#define EXPECT(condition) expect((condition), #condition)

static void count_completed(void *user, INetOperation *operation)
{
    (void)user;
    /* It would wait for itself. */
    EXPECT(INetOperation_Wait(operation, -1) == INET_E_BUSY);
    EXPECT(INetOperation_GetStatus(operation) == INET_E_CANCELLED);
    atomic_fetch_add(&completed, 1);
}

static void count_dropped(void *user)
{
    (void)user;
    atomic_fetch_add(&dropped, 1);
}

static INetOperation *start(INetSmtpClient *client, INetMailMessage *message)
{
    return INetSmtpClient_SendAsync(client, message, count_completed, NULL, count_dropped);
}

/* Port 1, where nobody listens: a Send fails at once. */
static INetOperation *start_in_vain(INetMailMessage *message, INetSmtpClient **client)
{
    *client = INetSmtpClient_CreateWithHostAndPort("127.0.0.1", 1);
    return INetSmtpClient_SendAsync(*client, message, NULL, NULL, NULL);
}

/* A child that hangs is ended by its alarm. */
static int child(INetOperation *under_way, INetOperation *over, INetMailMessage *message)
{
    alarm(10);
    INetSmtpClient *client;
    EXPECT(INetOperation_Wait(under_way, -1) == INET_E_OTHER_PROCESS);
    EXPECT(INetOperation_Wait(under_way, 0) == INET_E_OTHER_PROCESS);
    EXPECT(INetOperation_Cancel(under_way) == INET_E_OTHER_PROCESS);
    EXPECT(INetOperation_GetStatus(under_way) == INET_E_OTHER_PROCESS);
    EXPECT(INetOperation_GetReport(under_way) == NULL);
    EXPECT(INetError_GetStatus() == INET_E_OTHER_PROCESS);
    EXPECT(INetOperation_Release(under_way) == INET_OK);
    EXPECT(INetOperation_Wait(over, -1) == 1);
    EXPECT(INetOperation_GetStatus(over) == INET_E_CONNECT);
    EXPECT(INetOperation_Release(over) == INET_OK);

    INetOperation *own = start_in_vain(message, &client);
    EXPECT(INetOperation_Wait(own, -1) == 1);
    EXPECT(INetOperation_GetStatus(own) == INET_E_CONNECT);
    EXPECT(INetOperation_Release(own) == INET_OK);
    EXPECT(INetSmtpClient_Send(client, message) == INET_E_CONNECT);
    EXPECT(INetSmtpClient_Release(client) == INET_OK);
    return atomic_load(&failed);
}

int main(int argc, char **argv)
{
    int children = argc > 1 ? atoi(argv[1]) : OPERATIONS;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&address, length) != 0 || listen(listener, 2 * OPERATIONS) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &length) != 0) {
        perror("operations.c");
        return EXIT_FAILURE;
    }

    /* Connections come about, but nobody accepts them or says a word. */
    INetSmtpClient *silent = INetSmtpClient_CreateWithHostAndPort("127.0.0.1", ntohs(address.sin_port));
    INetMailMessage *message =
        INetMailMessage_CreateWithText("from@example.org", "to@example.org", "Subject", "Text");
    INetOperation *operations[OPERATIONS];
    for (int i = 0; i < OPERATIONS; i++)
        EXPECT((operations[i] = start(silent, message)) != NULL);
    INetSmtpClient *other;
    INetOperation *over = start_in_vain(message, &other);
    EXPECT(INetOperation_Wait(over, -1) == 1);

    for (int i = 0; i < children && i < OPERATIONS; i++) {
        int status = -1;
        pid_t pid = fork();
        if (pid == 0)
            _exit(child(operations[i], over, message));
        EXPECT(pid > 0 && waitpid(pid, &status, 0) == pid && status == 0);
    }

    /* One by itself, the rest with the client; half of them are nobody's any more when they end. */
    EXPECT(INetOperation_Wait(operations[0], 0) == 0);
    EXPECT(INetOperation_Cancel(operations[0]) == INET_OK);
    EXPECT(INetOperation_Wait(operations[0], -1) == 1);
    EXPECT(INetOperation_Wait(operations[1], 0) == 0);
    for (int i = 0; i < OPERATIONS; i += 2)
        EXPECT(INetOperation_Release(operations[i]) == INET_OK);
    EXPECT(INetSmtpClient_Cancel(silent) == INET_OK);
    for (int i = 1; i < OPERATIONS; i += 2) {
        EXPECT(INetOperation_Wait(operations[i], -1) == 1);
        EXPECT(INetOperation_Release(operations[i]) == INET_OK);
    }
    EXPECT(INetSmtpClient_Release(silent) == INET_OK);
    EXPECT(INetSmtpClient_Release(other) == INET_OK);
    EXPECT(INetOperation_Release(over) == INET_OK);
    EXPECT(INetMailMessage_Release(message) == INET_OK);
    while (INetLibrary_GetLiveHandleCount() != 0 || atomic_load(&dropped) < OPERATIONS)
        sched_yield();
    /* A thread that is about to end has told all before, and still has memory of its own: the directory has a link more for each. */
    struct stat tasks;
    while (stat("/proc/self/task", &tasks) == 0 && tasks.st_nlink > 3)
        sched_yield();
    EXPECT(atomic_load(&completed) == OPERATIONS);
    EXPECT(atomic_load(&dropped) == OPERATIONS);

    close(listener);
    printf("%d passed, %d failed\n", atomic_load(&passed), atomic_load(&failed));
    return atomic_load(&failed) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
