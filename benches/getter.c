/*
 * Reads a text through the face N times and, to have a measure on the same machine, makes as many system calls.
 *
 *     getter N
 */
#include "bench.h"

#include <inetmail.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 2)
        die("usage: getter N");
    unsigned count = number(argv[1]);
    INetMailAddress *address = INetMailAddress_Create(FROM);
    char text[64] = FROM;
    double start = wall_us();
    for (unsigned n = 0; n < count; n++)
        INetMailAddress_GetAddress(address, text, sizeof text);
    double getter = wall_us() - start;
    if (strcmp(text, FROM) != 0)
        die("not the address that went in");

    start = wall_us();
    for (unsigned n = 0; n < count; n++)
        syscall(SYS_getppid);
    printf("getter_us=%.0f system_call_us=%.0f\n", getter, wall_us() - start);
    INetMailAddress_Release(address);
    return 0;
}
