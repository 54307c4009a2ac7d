/*
 * Forks while other threads make and release handles. Each child uses the library at once: it must not wait for a lock that a
 * thread of its parent held. Prints how many children did.
 */
#include <inetmail.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHILDREN = 100, THREADS = 2 };

static atomic_int is_over;

static void *keep_busy(void *unused)
{
    (void)unused;
    while (!atomic_load(&is_over))
        INetMailAddress_Release(INetMailAddress_Create("user@example.org"));
    return NULL;
}

/* A child that hangs is ended by its alarm. */
static int child(INetSmtpClient *client)
{
    alarm(10);
    INetMailAddress *address = INetMailAddress_Create("child@example.org");
    int failed = address == NULL || INetMailAddress_Release(address) != INET_OK;
    return failed || INetSmtpClient_Release(client) != INET_OK;
}

int main(void)
{
    INetSmtpClient *client = INetSmtpClient_CreateWithHost("localhost");
    pthread_t threads[THREADS];
    int passed = 0;

    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, keep_busy, NULL) != 0)
            return EXIT_FAILURE;
    for (int i = 0; i < CHILDREN; i++) {
        int status = -1;
        pid_t pid = fork();
        if (pid == 0)
            _exit(child(client));
        if (pid > 0 && waitpid(pid, &status, 0) == pid && status == 0)
            passed++;
    }
    atomic_store(&is_over, 1);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    INetSmtpClient_Release(client);
    printf("%d passed, %d failed\n", passed, CHILDREN - passed);
    return passed == CHILDREN && INetLibrary_GetLiveHandleCount() == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
