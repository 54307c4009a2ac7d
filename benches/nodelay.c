/* Sets TCP_NODELAY on each TCP socket of a program that forgets it: to be loaded in front of it by LD_PRELOAD. */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

int socket(int domain, int type, int protocol)
{
    int (*real)(int, int, int) = dlsym(RTLD_NEXT, "socket");
    int one = 1, made = real(domain, type, protocol);
    if (made >= 0 && (domain == AF_INET || domain == AF_INET6) && (type & SOCK_STREAM))
        setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return made;
}
